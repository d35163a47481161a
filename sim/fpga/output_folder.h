// SPDX-License-Identifier: Apache-2.0
// A folder that appears under its name whole or not at all: written beside it, then renamed.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>
#include <string_view>

namespace lacuna::sim {

class OutputFolder {
 public:
  /// Makes a temporary folder beside `target`, on the same file system.
  /// @throws Error if the target has no name of its own ("", ".", ".."), exists and is no empty
  /// folder, or its parent cannot be written.
  explicit OutputFolder(std::filesystem::path target);
  /// Removes everything unless commit() was reached.
  ~OutputFolder();
  OutputFolder(const OutputFolder&) = delete;
  OutputFolder& operator=(const OutputFolder&) = delete;

  /// Where files are until commit(); tools may be run there and leave what they make.
  const std::filesystem::path& path() const { return temporary_; }

  /// Writes a file. @param name relative, with its folders  @throws Error on a full disk.
  void add(const std::filesystem::path& name, std::string_view bytes);
  /// The same, for a script.
  void add_program(const std::filesystem::path& name, std::string_view bytes);
  /// Copies a file. @throws Error if it cannot be read.
  void add_copy(const std::filesystem::path& name, const std::filesystem::path& from);

  /// Names a file that a tool has made in the manifest; what is not named is no result: logs,
  /// what lies between a tool and the next.
  void keep(const std::filesystem::path& name);

  /// Writes manifest.json, which names every added and kept file with its size and SHA-256 after
  /// `facts`, and renames the folder. @throws Error if that fails.
  void commit(const nlohmann::ordered_json& facts);

 private:
  std::filesystem::path target_, temporary_;
  std::set<std::filesystem::path> files_;  ///< of the manifest
};

}  // namespace lacuna::sim
