// SPDX-License-Identifier: Apache-2.0
#include "sim/fpga/output_folder.h"

#include <sys/stat.h>

#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <system_error>
#include <utility>

#include "golden/error.h"
#include "golden/sha.h"
#include "sim/fpga/template_text.h"
#include "sim/report/json_text.h"

namespace lacuna::sim {
namespace {

namespace fs = std::filesystem;

/// What a new folder would be given.
fs::perms folder_permissions() {
  const mode_t mask = umask(0);
  umask(mask);
  return fs::perms::all & ~static_cast<fs::perms>(mask);
}

}  // namespace

OutputFolder::OutputFolder(fs::path target) : target_(std::move(target)) {
  if (!target_.has_filename()) target_ = target_.parent_path();  // DIR/
  const fs::path name_of_target = target_.filename();
  if (name_of_target.empty() || name_of_target == "." || name_of_target == "..") {
    throw Error("folder '" + target_.string() + "'", "has no name of its own",
                "name one that is to be made");
  }
  std::error_code error;
  const fs::file_status status = fs::symlink_status(target_, error);
  if (fs::exists(status)) {
    if (!fs::is_directory(status)) throw Error(target_.string(), "exists and is no folder");
    const bool empty = fs::is_empty(target_, error);
    if (error) throw Error(target_.string(), "cannot be read: " + error.message());
    if (!empty) throw Error(target_.string(), "exists and is not empty", "name another folder");
  }
  std::string name = target_.string() + ".XXXXXX";
  if (mkdtemp(name.data()) == nullptr) {
    const std::error_code why(errno, std::generic_category());
    throw Error(target_.string(), "cannot be made: " + why.message(),
                "name a folder where you may write");
  }
  temporary_ = name;
  fs::permissions(temporary_, folder_permissions(), error);
}

OutputFolder::~OutputFolder() {
  std::error_code ignored;
  if (!temporary_.empty()) fs::remove_all(temporary_, ignored);
}

void OutputFolder::add(const fs::path& name, std::string_view bytes) {
  const fs::path file = temporary_ / name;
  std::error_code error;
  fs::create_directories(file.parent_path(), error);
  std::ofstream out(file, std::ios::binary);
  out << bytes;
  out.close();
  if (error || !out)
    throw Error((target_ / name).string(), "cannot be written", "is the disk full?");
  keep(name);
}

void OutputFolder::add_program(const fs::path& name, std::string_view bytes) {
  add(name, bytes);
  // Who may read it may run it.
  const fs::perms allowed = fs::status(temporary_ / name).permissions();
  const fs::perms readers =
      allowed & (fs::perms::owner_read | fs::perms::group_read | fs::perms::others_read);
  fs::permissions(temporary_ / name, static_cast<fs::perms>(static_cast<unsigned>(readers) >> 2),
                  fs::perm_options::add);
}

void OutputFolder::add_copy(const fs::path& name, const fs::path& from) {
  add(name, file_text(from));
}

void OutputFolder::keep(const fs::path& name) { files_.insert(name); }

void OutputFolder::commit(const nlohmann::ordered_json& facts) {
  nlohmann::ordered_json manifest = facts;
  manifest["files"] = nlohmann::ordered_json::array();
  for (const fs::path& file : files_) {
    manifest["files"].push_back({{"file", file.generic_string()},
                                 {"bytes", fs::file_size(temporary_ / file)},
                                 {"sha256", golden::sha256_file(temporary_ / file)}});
  }
  add("manifest.json", json_text(manifest));
  std::error_code error;
  fs::rename(temporary_, target_, error);  // onto an empty folder too
  if (error) throw Error(target_.string(), "cannot be made: " + error.message());
  temporary_.clear();
}

}  // namespace lacuna::sim
