// SPDX-License-Identifier: Apache-2.0
#include "sim/fpga/ice40_flow.h"

#include <fmt/format.h>
#include <sys/wait.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "golden/error.h"
#include "sim/fpga/host_values.h"
#include "sim/fpga/template_text.h"

namespace lacuna::sim {
namespace {

namespace fs = std::filesystem;

/// What nextpnr calls the board's resources.
const std::map<std::string, std::string> kCells = {{"logic cells", "ICESTORM_LC"},
                                                   {"block RAMs", "ICESTORM_RAM"},
                                                   {"SPRAMs", "ICESTORM_SPRAM"},
                                                   {"DSPs", "ICESTORM_DSP"}};

fs::path templates() { return fs::path(LACUNA_SOURCE_DIR) / "sim" / "fpga" / "flows" / "ice40"; }

TemplateValues values_of(const Board& board, const FpgaDesign& design, const FpgaRequest& request) {
  TemplateValues values = host_values(board, design, request);
  std::string pins;
  for (const auto& entry : fs::directory_iterator(board.folder)) {
    if (entry.path().extension() == ".pcf")
      pins += (pins.empty() ? "" : ", ") + entry.path().stem().string();
  }
  values["PINS"] = pins;
  return values;
}

/// Runs a script of the folder; its output ends up in build/NAME.log. @return its exit status
int run_script(const OutputFolder& folder, const std::string& script, const std::string& log) {
  const std::string line = fmt::format("cd '{}' && mkdir -p build && sh {} > 'build/{}' 2>&1",
                                       folder.path().string(), script, log);
  const int status = std::system(line.c_str());
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/// The last line of a log that has one of the words, or simply the last.
std::string last_line(const fs::path& log, const std::string& word) {
  std::ifstream in(log);
  std::string last, found;
  for (std::string line; std::getline(in, line);) {
    if (line.empty()) continue;
    last = line;
    if (line.find(word) != std::string::npos) found = line;
  }
  return found.empty() ? last : found;
}

}  // namespace

void write_ice40(OutputFolder& folder, const Board& board, const FpgaDesign& design,
                 const FpgaRequest& request) {
  const TemplateValues values = values_of(board, design, request);
  folder.add("rtl/top.v", fill_file(templates() / "top.v", values));
  folder.add_program("build.sh", fill_file(templates() / "build.sh", values));
  folder.add_program("simulate.sh", fill_file(templates() / "simulate.sh", values));
  folder.add("README.md", fill_file(templates() / "README.md", values));
  folder.add_copy("sim/cells.v", templates() / "cells.v");
  for (const auto& entry : fs::directory_iterator(board.folder)) {
    if (entry.path().extension() == ".pcf") folder.add_copy(entry.path().filename(), entry.path());
  }
}

Bitstream build_ice40(const OutputFolder& folder, const Board& board) {
  constexpr int kNotFound = 127;  // the shell's
  const fs::path build = folder.path() / "build";
  const int status = run_script(folder, "build.sh vlog", "build.log");
  if (status == kNotFound) {
    throw Error("--bitstream", "needs yosys, nextpnr-ice40 and icepack",
                "install Debian's packages yosys, nextpnr-ice40 and fpga-icestorm");
  }
  if (status != 0) {
    throw Error("board " + board.name,
                "has no bitstream: " + last_line(build / "build.log", "ERROR"),
                "choose a smaller network or a larger board");
  }
  std::ifstream in(build / "report.json");
  const auto report = nlohmann::json::parse(in);
  Bitstream bitstream;
  bitstream.file = "build/top.bin";
  for (const auto& [resource, cell] : kCells) {
    const auto& use = report.at("utilization");
    if (use.contains(cell)) bitstream.used[resource] = use.at(cell).at("used");
  }
  for (const auto& clock : report.at("fmax"))
    bitstream.fmax_hertz = clock.at("achieved").get<double>() * 1e6;
  if (bitstream.fmax_hertz < board.clock_hertz) {
    throw Error("board " + board.name,
                fmt::format("timing: the design reaches {:.1f} MHz, the board's clock is {:g} MHz",
                            bitstream.fmax_hertz / 1e6, board.clock_hertz / 1e6),
                "choose a smaller network or a faster board");
  }
  return bitstream;
}

std::uint64_t simulate_ice40(const OutputFolder& folder, const Board& board,
                             const FpgaRequest& request) {
  const fs::path log = folder.path() / "build" / "simulate.log";
  const int status = run_script(folder, "simulate.sh routed", "simulate.log");
  constexpr int kDiffers = 1, kDone = 0;
  const std::string said = last_line(log, "lacuna_host:");
  if (status == kDiffers && said.rfind("lacuna_host:", 0) == 0)
    throw CheckFailed(fmt::format("routed gates of {} on {}: {}", request.bundle, board.name,
                                  said.substr(said.find(' ') + 1)));
  if (status != kDone) throw Error("--simulate", "the bench does not run: " + said);
  return std::stoull(last_line(log, " clocks"));
}

}  // namespace lacuna::sim
