// SPDX-License-Identifier: Apache-2.0
// A folder that goes with the object.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

#include "golden/error.h"

namespace lacuna::sim {

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "lacuna-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr)
      throw Error(name, "cannot be made", "set TMPDIR to a folder with space");
    path_ = name;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace lacuna::sim
