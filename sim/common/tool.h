// SPDX-License-Identifier: Apache-2.0
// Programs of other packages, run in a folder of their own.
#pragma once

#include <filesystem>
#include <string>

namespace lacuna::sim {

struct Tool {
  std::string program;       ///< that a message names
  std::string package;       ///< of Debian
  std::string error_prefix;  ///< of the line that says what is wrong; empty: the first line
};

/// Runs a shell command in the folder; what it prints ends up in log.txt there. @throws Error with
/// the tool's own message.
void run_tool(const Tool& tool, const std::filesystem::path& folder, const std::string& command);

}  // namespace lacuna::sim
