// SPDX-License-Identifier: Apache-2.0
#include "sim/fpga/ice40_flow.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <limits>

#include "golden/error.h"
#include "sim/common/tool.h"

namespace lacuna::sim {
namespace {

namespace fs = std::filesystem;

/// What nextpnr calls the board's resources.
const std::map<std::string, std::string> cells_of = {{"logic cells", "ICESTORM_LC"},
                                                     {"block RAMs", "ICESTORM_RAM"},
                                                     {"SPRAMs", "ICESTORM_SPRAM"},
                                                     {"DSPs", "ICESTORM_DSP"}};

fs::path templates() { return fs::path(LACUNA_SOURCE_DIR) / "sim" / "fpga" / "flows" / "ice40"; }

/// Runs a script of the folder; what it says ends up in build/NAME.log. @return its exit status
int run_script(const OutputFolder& folder, const std::string& script, const std::string& log) {
  fs::create_directories(folder.path() / "build");
  return run_command(folder.path(), "sh " + script, "build/" + log);
}

/// The last line of a log that has the word; empty if none has.
std::string last_line_with(const fs::path& log, const std::string& word) {
  std::ifstream in(log);
  std::string found;
  for (std::string line; std::getline(in, line);) {
    if (!line.empty() && line.find(word) != std::string::npos) found = line;
  }
  return found;
}

/// That, or simply the last line.
std::string last_line(const fs::path& log, const std::string& word) {
  const std::string found = last_line_with(log, word);
  return found.empty() ? last_line_with(log, "") : found;
}

}  // namespace

void Ice40Flow::write_tools(OutputFolder& folder, const Board& board,
                            TemplateValues& values) const {
  std::string pins;
  for (const fs::path& file : board_files(board)) {
    folder.add_copy(file.filename(), file);
    pins += (pins.empty() ? "" : ", ") + file.stem().string();
  }
  values["PINS"] = pins;
  folder.add("rtl/top.v", fill_file(templates() / "top.v", values));
  folder.add_program("build.sh", fill_file(templates() / "build.sh", values));
  folder.add_copy("sim/cells.v", templates() / "cells.v");
  values["BUILD"] = fill_file(templates() / "build.md", values);
}

Bitstream Ice40Flow::build(OutputFolder& folder, const Board& board) const {
  const fs::path build = folder.path() / "build";
  const int status = run_script(folder, "build.sh vlog", "build.log");
  if (status == kNotInstalled) {
    throw Error("--bitstream", "needs yosys, nextpnr-ice40 and icepack",
                "install Debian's packages yosys, nextpnr-ice40 and fpga-icestorm");
  }
  if (status != 0) {
    // nextpnr places: only what it refuses can be a matter of size.
    const std::string refused = last_line_with(build / "nextpnr.log", "ERROR");
    if (!refused.empty()) {
      throw Error("board " + board.name, "has no bitstream: " + refused,
                  "choose a smaller network or a larger board");
    }
    throw Error("--bitstream", "build.sh ends with " + std::to_string(status) + ": " +
                                   last_line(build / "build.log", "ERROR"));
  }
  std::ifstream in(build / "report.json");
  const auto report = nlohmann::json::parse(in);
  Bitstream bitstream;
  bitstream.file = "build/top.bin";
  for (const auto& [resource, cell] : cells_of) {
    const auto& use = report.at("utilization");
    if (use.contains(cell)) bitstream.used[resource] = use.at(cell).at("used");
  }
  double megahertz = std::numeric_limits<double>::infinity();
  for (const auto& clock : report.at("fmax"))
    megahertz = std::min(megahertz, clock.at("achieved").get<double>());
  bitstream.fmax_hertz = megahertz * 1e6;
  if (bitstream.fmax_hertz < board.clock_hertz) {
    throw Error("board " + board.name,
                fmt::format("timing: the design reaches {:.1f} MHz, the board's clock is {:g} MHz",
                            megahertz, board.clock_hertz / 1e6),
                "choose a smaller network or a faster board");
  }
  for (const char* made : {"build/top.bin", "build/report.json", "build/routed.v"})
    folder.keep(made);
  return bitstream;
}

std::uint64_t Ice40Flow::simulate(OutputFolder& folder, const Board& board) const {
  const fs::path log = folder.path() / "build" / "simulate.log";
  const int status =
      run_script(folder, "simulate.sh build/routed.v sim/cells.v", log.filename().string());
  constexpr int kDiffers = 1, kDone = 0;
  const std::string said = last_line(log, "lacuna_host:");
  if (status == kDiffers && said.rfind("lacuna_host:", 0) == 0)
    throw CheckFailed(
        fmt::format("routed gates on {}: {}", board.name, said.substr(said.find(' ') + 1)));
  const std::string over = last_line_with(log, "clocks are over");
  if (!over.empty())
    throw CheckFailed(fmt::format("routed gates on {}: do not answer: {}", board.name, over));
  if (status == kNotInstalled)
    throw Error("--simulate", "needs verilator", "install Debian's package verilator");
  if (status != kDone) throw Error("--simulate", "the bench does not run: " + said);
  return std::stoull(last_line(log, " clocks"));
}

}  // namespace lacuna::sim
