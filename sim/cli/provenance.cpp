// SPDX-License-Identifier: Apache-2.0
#include "sim/cli/provenance.h"

#include <fstream>

#include "golden/sha.h"

namespace lacuna::cli {
namespace {

std::string& command_line() {
  static std::string line = "lacuna";
  return line;
}

/// The source's revision when the program was run from its checkout's build, else "unknown".
std::string revision() {
  const std::filesystem::path git = std::filesystem::path(LACUNA_SOURCE_DIR) / ".git";
  std::ifstream head(git / "HEAD");
  std::string line;
  if (!std::getline(head, line)) return "unknown";
  if (line.rfind("ref: ", 0) != 0) return line;
  std::ifstream ref(git / line.substr(5));
  std::string hash;
  return std::getline(ref, hash) ? hash : "unknown";
}

}  // namespace

void remember_command(int argc, const char* const* argv) {
  std::string line = "./lacuna";
  for (int i = 1; i < argc; ++i) {
    // The folder of a file says nothing about the result, and differs from machine to machine.
    std::string word = argv[i];
    if (word.find('/') != std::string::npos && word.find('=') == std::string::npos) {
      word = std::filesystem::path(word).filename().string();
    }
    line += ' ' + word;
  }
  command_line() = line;
}

nlohmann::ordered_json provenance(const std::vector<std::filesystem::path>& inputs,
                                  std::uint64_t seed) {
  nlohmann::ordered_json files = nlohmann::ordered_json::array();
  for (const auto& file : inputs) {
    files.push_back({{"file", file.filename().string()}, {"sha256", golden::sha256_file(file)}});
  }
  return {{"command", command_line()},
          {"revision", revision()},
          {"seed", seed},
          {"inputs", std::move(files)}};
}

}  // namespace lacuna::cli
