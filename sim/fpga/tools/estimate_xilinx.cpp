// SPDX-License-Identifier: Apache-2.0
// Estimates what designs of `lacuna silicon`, and folders of `lacuna fpga`, take of a board's
// Xilinx device and writes the result as JSON:
//   estimate_xilinx vc707 docs/results/xilinx-estimate.json lac_sparse_lstm:reference FOLDER ...
// A part's parameters follow its name: lac_sc_neuron:m4,Inputs=28.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <filesystem>
#include <sstream>
#include <string>
#include <utility>

#include "golden/atomic_file.h"
#include "golden/error.h"
#include "sim/cli/exit_status.h"
#include "sim/cli/provenance.h"
#include "sim/fpga/board.h"
#include "sim/fpga/xilinx_estimate.h"
#include "sim/silicon/design.h"

namespace lacuna::sim {
namespace {

/// A design or a folder, by its name in the result.
std::pair<std::string, XilinxEstimate> estimate_of(const std::filesystem::path& argument) {
  if (std::filesystem::is_directory(argument)) {
    const auto whole = argument.has_filename() ? argument : argument.parent_path();
    return {whole.filename().string(), estimate_xilinx_folder(argument)};
  }
  std::istringstream words(argument.string());
  std::string word;
  std::getline(words, word, ',');
  SiliconDesign design = find_design(word);
  while (std::getline(words, word, ',')) {
    const std::size_t equals = std::min(word.find('='), word.size());
    int value = 0;
    const char* end = word.data() + word.size();
    if (equals == word.size() || std::from_chars(word.data() + equals + 1, end, value).ptr != end)
      throw Error(argument.string(), "has no number for '" + word + "'", "write Parameter=number");
    design.set(word.substr(0, equals), value);
  }
  return {argument.string(), estimate_xilinx({design.file_list, design.top, design.parameters})};
}

void run(int argc, char** argv) {
  constexpr int kLeast = 4;
  if (argc < kLeast)
    throw Error("estimate_xilinx", "takes a board, a JSON file and designs",
                "name designs as TOP:CONFIGURATION, or give folders of `lacuna fpga`");
  const Board board = read_board(argv[1]);
  if (board.resources.count("LUTs") == 0)
    throw Error("board " + board.name, "is of no Xilinx device", "name vc707");
  nlohmann::ordered_json result{{"schema", "lacuna.xilinx/1"},
                                {"tool", "Yosys synth_xilinx -family xc7, hierarchy kept"}};
  result["rows"] = nlohmann::ordered_json::array();
  for (int at = kLeast - 1; at < argc; ++at) {
    const auto begin = std::chrono::steady_clock::now();
    const auto [name, estimate] = estimate_of(argv[at]);
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
    auto row = to_json(estimate, board);
    row["name"] = name;
    row["seconds"] = seconds.count();
    fmt::print("{}: {} LUTs ({:.1f} %), {} flip-flops, {} RAMB18, {} DSPs, {:.0f} s\n", name,
               estimate.total.luts, row.at("luts_percent").get<double>(), estimate.total.flip_flops,
               estimate.total.half_brams, estimate.total.dsps, seconds.count());
    result["rows"].push_back(std::move(row));
  }
  result["provenance"] = cli::provenance({}, 0);
  std::string command = "build/release/bin/estimate_xilinx";
  for (int at = 1; at < argc; ++at) command += std::string(" ") + argv[at];
  result["provenance"]["command"] = command;
  write_file(argv[2], result.dump(2) + "\n");
}

}  // namespace
}  // namespace lacuna::sim

int main(int argc, char** argv) {
  return lacuna::cli::exit_status_of([&] { lacuna::sim::run(argc, argv); });
}
