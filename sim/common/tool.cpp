// SPDX-License-Identifier: Apache-2.0
#include "sim/common/tool.h"

#include <fmt/format.h>

#include <sys/wait.h>

#include <cstdlib>
#include <fstream>

#include "golden/error.h"

namespace lacuna::sim {

void run_tool(const Tool& tool, const std::filesystem::path& folder, const std::string& command) {
  const std::string line = fmt::format("cd '{}' && {} > log.txt 2>&1", folder.string(), command);
  const int status = std::system(line.c_str());
  if (status == 0) return;
  constexpr int kNotFound = 127;  // the shell's
  if (WIFEXITED(status) && WEXITSTATUS(status) == kNotFound)
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
