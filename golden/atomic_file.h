// SPDX-License-Identifier: Apache-2.0
// A file that appears under its name whole or not at all: written beside it, synchronised, renamed.
// Devices and pipes
// (/dev/stdout) are written straight away, because a rename would replace them.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace lacuna {

class AtomicFile {
 public:
  /// Opens a temporary name in the same folder; links are followed. @throws Error if that cannot be
  /// written.
  explicit AtomicFile(std::filesystem::path target);

  /// Removes the temporary unless commit() was reached.
  ~AtomicFile();
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  /// @throws Error on a full disk and every other failure.
  void write(std::string_view bytes);

  /// Synchronises, closes and renames; the old content of the target is replaced in one step.
  void commit();

 private:
  bool direct() const { return temporary_ == target_; }
  [[noreturn]] void fail(const char* what) const;

  std::filesystem::path target_;
  std::filesystem::path temporary_;  ///< the target itself for devices and pipes
  int descriptor_ = -1;
  bool committed_ = false;
};

/// Writes `bytes` under the name `file`, whole or not at all. @throws Error.
void write_file(const std::filesystem::path& file, std::string_view bytes);

}  // namespace lacuna
