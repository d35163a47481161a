// SPDX-License-Identifier: Apache-2.0
#include "sim/fpga/design.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "golden/error.h"

namespace lacuna::sim {

std::vector<std::string> board_sources(const std::vector<std::string>& cores) {
  std::vector<std::string> sources;
  for (const std::string& core : cores) {
    const auto list = std::filesystem::path(LACUNA_SOURCE_DIR) / "rtl" / "board" / (core + ".f");
    std::ifstream in(list);
    if (!in) throw Error(list.string(), "cannot be read");
    for (std::string line; std::getline(in, line);) {
      if (line.empty() || line[0] == '#') continue;
      if (std::find(sources.begin(), sources.end(), line) == sources.end()) sources.push_back(line);
    }
  }
  return sources;
}

FpgaDesign make_design(const golden::Bundle& bundle, const std::string& file,
                       const NetworkInput& input, std::uint64_t seed) {
  const auto all = [&](auto is_kind) {
    return std::all_of(bundle.layers.begin(), bundle.layers.end(), is_kind);
  };
  if (all([](const auto& layer) { return std::holds_alternative<golden::ScLayer>(layer); }))
    return folded_design(bundle, file, input, seed);
  if (all([](const auto& layer) { return std::holds_alternative<golden::FcLayer>(layer); }))
    return lfsr_design(bundle, file, input);
  return lstm_design(bundle, file, input);  // the only other kind
}

std::string to_mem(const MemoryImage& image) {
  std::string text;
  for (const std::string& word : image.words) text += word + '\n';
  return text;
}

std::string to_coe(const MemoryImage& image) {
  std::string text = "memory_initialization_radix=16;\nmemory_initialization_vector=\n";
  for (std::size_t at = 0; at < image.words.size(); ++at)
    text += image.words[at] + (at + 1 < image.words.size() ? ",\n" : ";\n");
  return text;
}

}  // namespace lacuna::sim
