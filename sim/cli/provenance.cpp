// SPDX-License-Identifier: Apache-2.0
#include "sim/cli/provenance.h"

#include <array>
#include <cstdio>
#include <memory>

#include "golden/sha.h"

namespace lacuna::cli {
namespace {

std::string& command_line() {
  static std::string line = "lacuna";
  return line;
}

/// The source's revision, with "-dirty" where the checkout differs from it; "unknown" where the
/// program's sources are no checkout.
std::string revision() {
  constexpr const char* kDescribe =
      "git -C '" LACUNA_SOURCE_DIR "' describe --always --dirty --abbrev=12 2>/dev/null";
  const std::unique_ptr<FILE, int (*)(FILE*)> git(popen(kDescribe, "r"), &pclose);
  std::array<char, 128> line{};
  if (git == nullptr || std::fgets(line.data(), line.size(), git.get()) == nullptr) {
    return "unknown";
  }
  const std::string text = line.data();
  return text.substr(0, text.find('\n'));
}

/// A file as the result should name it: absolute folders differ from machine to machine and say
/// nothing; relative ones say where in the user's work it lies.
std::string shown(const std::filesystem::path& file) {
  return file.is_absolute() ? file.filename().string() : file.lexically_normal().string();
}

/// The same for a word of the command line, also after "--option=" and "key=".
std::string shown_word(const std::string& word) {
  const std::size_t value = word.rfind('=') + 1;  // 0 where there is none
  return value < word.size() && word[value] == '/'
             ? word.substr(0, value) + shown(word.substr(value))
             : word;
}

}  // namespace

void remember_command(int argc, const char* const* argv) {
  std::string line = "./lacuna";
  for (int i = 1; i < argc; ++i) line += ' ' + shown_word(argv[i]);
  command_line() = line;
}

nlohmann::ordered_json provenance(const std::vector<std::filesystem::path>& inputs,
                                  std::uint64_t seed) {
  nlohmann::ordered_json files = nlohmann::ordered_json::array();
  for (const auto& file : inputs) {
    files.push_back({{"file", shown(file)}, {"sha256", golden::sha256_file(file)}});
  }
  return {{"command", command_line()},
          {"revision", revision()},
          {"seed", seed},
          {"inputs", std::move(files)}};
}

}  // namespace lacuna::cli
