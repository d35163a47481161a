// SPDX-License-Identifier: Apache-2.0
#include "sim/common/tool.h"

#include <fmt/format.h>

#include <sys/wait.h>

#include <cstdlib>
#include <fstream>

#include "golden/error.h"

namespace lacuna::sim {

namespace {

/// A word that the shell takes as it is.
std::string quoted(const std::string& word) {
  std::string text = "'";
  for (const char each : word) text += each == '\'' ? std::string("'\\''") : std::string(1, each);
  return text + "'";
}

}  // namespace

int run_command(const std::filesystem::path& folder, const std::string& command,
                const std::string& log) {
  const std::string line =
      fmt::format("cd {} && {} > {} 2>&1", quoted(folder.string()), command, quoted(log));
  const int status = std::system(line.c_str());
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

void run_tool(const Tool& tool, const std::filesystem::path& folder, const std::string& command) {
  const int status = run_command(folder, command, "log.txt");
  if (status == 0) return;
  if (status == kNotInstalled)
    throw Error(tool.program, "is not installed", "install Debian's package " + tool.package);
  std::ifstream in(folder / "log.txt");
  std::string message;
  for (std::string each; std::getline(in, each);) {
    if (message.empty()) message = each;
    if (tool.error_prefix.empty()) break;
    if (each.rfind(tool.error_prefix, 0) == 0) {
      message = each;
      break;
    }
  }
  throw Error(tool.program, message.empty() ? "does not run" : message);
}

}  // namespace lacuna::sim
