// SPDX-License-Identifier: Apache-2.0
// Programs of other packages, run in a folder of their own.
#pragma once

#include <filesystem>
#include <string>

namespace lacuna::sim {

inline constexpr int kNotInstalled = 127;  ///< the shell's status for a program that is not there

/// Runs a shell command in a folder; what it says ends up in `log`, relative to the folder.
/// @return its exit status, -1 if a signal ended it
int run_command(const std::filesystem::path& folder, const std::string& command,
                const std::string& log);

struct Tool {
  std::string program;       ///< that a message names
  std::string package;       ///< of Debian
  std::string error_prefix;  ///< of the line that says what is wrong; empty: the first line
};

/// The same with log.txt. @throws Error with the tool's own message if the status is not 0.
void run_tool(const Tool& tool, const std::filesystem::path& folder, const std::string& command);

}  // namespace lacuna::sim
