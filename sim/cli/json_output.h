// SPDX-License-Identifier: Apache-2.0
// The option --json FILE that every verb has.
#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>

namespace lacuna::cli {

class JsonOutput {
 public:
  /// Adds --json to the verb; this object must live until the verb has run.
  void add_to(CLI::App& verb);

  /// Writes the document, which names its "schema", whole or not at all; does nothing without
  /// --json. @throws Error if the file cannot be written.
  void write(const nlohmann::ordered_json& document) const;

 private:
  std::filesystem::path file_;
};

}  // namespace lacuna::cli
