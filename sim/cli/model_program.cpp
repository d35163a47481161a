// SPDX-License-Identifier: Apache-2.0
#include "sim/cli/model_program.h"

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "golden/error.h"

namespace lacuna::cli {
namespace {

std::string program_file() {
  return std::filesystem::read_symlink("/proc/self/exe").parent_path() / "lacuna_train";
}

/// The argument vector that exec and spawn take; valid as long as `arguments`.
std::vector<char*> pointers(std::string& program, std::vector<std::string>& arguments) {
  std::vector<char*> result{program.data()};
  for (std::string& argument : arguments) result.push_back(argument.data());
  result.push_back(nullptr);
  return result;
}

}  // namespace

void become_model_program(std::vector<std::string> arguments) {
  std::string program = program_file();
  execv(program.c_str(), pointers(program, arguments).data());
  throw Error(program, std::strerror(errno), "build the target lacuna_train");
}

void run_model_program(std::vector<std::string> arguments) {
  std::string program = program_file();
  std::fflush(stdout);  // what was printed before comes before
  pid_t child = 0;
  const int error = posix_spawn(&child, program.c_str(), nullptr, nullptr,
                                pointers(program, arguments).data(), environ);
  if (error != 0) throw Error(program, std::strerror(error), "build the target lacuna_train");
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    throw Error("lacuna " + arguments.front(), "did not end well", "its message is above");
  }
}

}  // namespace lacuna::cli
