// SPDX-License-Identifier: Apache-2.0
#include "sim/lstm/icarus.h"

#include <fmt/format.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>

#include "golden/error.h"
#include "sim/common/temporary_folder.h"

namespace lacuna::sim {
namespace {

namespace fs = std::filesystem;

constexpr const char* kTop = "lac_lstm_tb";

void write_beats(const fs::path& file, const std::vector<Beat>& beats, int bits) {
  std::ofstream out(file);
  for (const Beat& beat : beats) {
    std::string digits;
    for (int digit = (bits + 3) / 4 - 1; digit >= 0; --digit) {
      digits +=
          "0123456789abcdef"[(beat[static_cast<std::size_t>(digit / 8)] >> (digit % 8 * 4)) & 15];
    }
    out << digits << '\n';
  }
  if (!out.flush())
    throw Error(file.string(), "cannot be written", "set TMPDIR to a folder with space");
}

Beat parse_beat(const std::string& digits) {
  Beat beat{};
  for (std::size_t at = 0; at < digits.size(); ++at) {
    const std::size_t digit = digits.size() - 1 - at;
    const auto value = static_cast<std::uint32_t>(std::stoul(digits.substr(digit, 1), nullptr, 16));
    beat[at / 8] |= value << (at % 8 * 4);
  }
  return beat;
}

/// Totals of the prepared lists, which size the bench's memories.
struct VectorCounts {
  std::size_t init = 0, x = 0, weight_bytes = 0;
};

VectorCounts write_vectors(const fs::path& folder, const LstmWorkload& workload) {
  const LstmBeats beats(workload.engine);
  std::vector<Beat> start, init, x, table;
  for (const auto& sequence : workload.sequences) {
    const std::size_t init_before = init.size();
    const std::size_t x_before = x.size();
    start.push_back(beats.start(sequence.lengths, sequence.initial.has_value()));
    if (sequence.initial) {
      const auto state =
          beats.initial(*sequence.initial, static_cast<int>(workload.settings.units));
      init.insert(init.end(), state.begin(), state.end());
    }
    for (const auto& columns : sequence.x) beats.append_columns(columns, x);
    table.push_back({static_cast<std::uint32_t>(x.size() - x_before),
                     static_cast<std::uint32_t>(init.size() - init_before)});
  }
  std::vector<Beat> bytes;
  for (const std::uint8_t byte : workload.weights) bytes.push_back({byte});
  write_beats(folder / "param.hex", workload.parameters, beats.parameter_bits());
  write_beats(folder / "sequences.hex", table, 64);
  write_beats(folder / "start.hex", start, beats.start_bits());
  write_beats(folder / "init.hex", init, beats.initial_bits());
  write_beats(folder / "x.hex", x, beats.column_bits());
  write_beats(folder / "weights.hex", bytes, 8);
  return {init.size(), x.size(), bytes.size()};
}

/// Runs a shell command in the folder; what it prints ends up in `log`. @throws Error with the
/// log's first line.
void run_tool(const fs::path& folder, const std::string& command, const std::string& tool) {
  const fs::path log = folder / "log.txt";
  const std::string line = fmt::format("cd '{}' && {} > log.txt 2>&1", folder.string(), command);
  if (std::system(line.c_str()) == 0) return;
  std::ifstream in(log);
  std::string first;
  std::getline(in, first);
  throw Error(tool, first.empty() ? "does not run" : first, "install Debian's package iverilog");
}

std::string compile_command(const LstmWorkload& workload, const VectorCounts& counts) {
  const auto& engine = workload.engine;
  const auto& settings = workload.settings;
  std::string command =
      fmt::format("iverilog -g2005 -s {} -o bench.vvp -DTOP={}", kTop, engine.top);
  if (engine.cell_norm) command += " -DCELL_NORM";
  const auto set = [&](const char* name, auto value) {
    command += fmt::format(" -P{}.{}={}", kTop, name, value);
  };
  set("Lanes", engine.lanes);
  set("Batch", engine.batch);
  set("Depth", engine.depth);
  set("EwWidth", engine.ew_width);
  set("MaxUnits", engine.max_units);
  set("MaxInputs", engine.max_inputs);
  set("WeightBits", engine.weight_bits);
  set("AccWidth", engine.acc_width);
  set("FifoDepth", engine.fifo_depth);
  set("SkipZeros", engine.skip_zeros ? 1 : 0);
  set("Units", settings.units);
  set("Inputs", settings.inputs);
  set("Words", settings.words);
  set("BlockWords", settings.block_words);
  set("Base", settings.base);
  set("Stride", settings.stride);
  set("LastStride", settings.last_stride);
  set("Span", settings.span);
  set("PreShift", settings.pre_shift);
  set("CellFrac", settings.cell_frac);
  set("Threshold", settings.threshold);
  set("NormShift", settings.norm_shift);
  set("Sequences", workload.sequences.size());
  set("InitBeats", counts.init);
  set("XBeats", counts.x);
  set("WeightBytes", counts.weight_bytes);
  const fs::path source = LACUNA_SOURCE_DIR;
  std::ifstream list(source / "rtl/lstm" / (engine.top + ".f"));
  for (std::string line; std::getline(list, line);) {
    if (!line.empty() && line[0] != '#')
      command += fmt::format(" '{}'", (source / "rtl" / line).string());
  }
  return command + fmt::format(" '{}'", (source / "tb/lstm/lac_lstm_tb.v").string());
}

void read_cycles(const fs::path& file, const LstmWorkload& workload, RunResult& result) {
  std::ifstream in(file);
  bool done = false;
  for (std::string line; std::getline(in, line);) {
    std::istringstream words(line);
    if (line == "done") {
      done = true;
    } else if (line.rfind("clocks ", 0) == 0) {
      words.ignore(7) >> result.clocks;
    } else if (line == "stuck" || line == "leftover") {
      throw CheckFailed(fmt::format("engine {}: {} in sequence {} on Icarus", workload.engine.top,
                                    line == "stuck" ? "stuck" : "input or weights left over",
                                    result.each.size()));
    } else {
      ClassCounts& counts = result.each.emplace_back();
      for (auto& count : counts) words >> count;
      for (std::size_t at = 0; at < counts.size(); ++at) result.cycles[at] += counts[at];
    }
  }
  if (!done) throw Error("vvp", "ended before the vectors did");
}

void check_states(const fs::path& file, const LstmWorkload& workload, RunResult& result) {
  std::ifstream in(file);
  StateChecker checker(workload.engine);
  std::string line;
  for (const auto& sequence : workload.sequences) {
    checker.begin(sequence, static_cast<int>(workload.settings.units));
    while (!checker.complete() && !checker.mismatch() && std::getline(in, line)) {
      if (line.find_first_not_of("0123456789abcdefABCDEF") != std::string::npos) {
        throw CheckFailed(
            fmt::format("engine {}: y has unknown bits on Icarus: {}", workload.engine.top, line));
      }
      checker.check(parse_beat(line));
    }
    checker.end();
  }
  if (!checker.mismatch() && std::getline(in, line)) {
    throw CheckFailed(
        fmt::format("engine {}: more y on Icarus than there are steps", workload.engine.top));
  }
  result.vectors_compared = checker.vectors();
  result.mismatch = checker.mismatch();
}

}  // namespace

RunResult run_icarus(const LstmConfiguration& configuration, const LstmWorkload& workload,
                     const PlatformOptions& options) {
  for (const auto& sequence : workload.sequences) {
    if (sequence.reset_after != 0)
      throw Error("icarus", "plays no reset within a sequence", "use verilator");
  }
  if (options.jitter != 0 || !options.wave.empty()) {
    throw Error("icarus", "has neither jitter nor waves", "use --simulator verilator");
  }
  const TemporaryFolder folder;
  const VectorCounts counts = write_vectors(folder.path(), workload);
  run_tool(folder.path(), compile_command(workload, counts), "iverilog");
  const auto begun = std::chrono::steady_clock::now();
  run_tool(folder.path(),
           fmt::format("vvp -n bench.vvp +latency={} +stall={} +seed={}", workload.latency,
                       static_cast<int>(options.stall * 1024), options.seed % 0x7FFFFFFF),
           "vvp");
  RunResult result;
  result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
  read_cycles(folder.path() / "cycles.txt", workload, result);
  check_states(folder.path() / "y.hex", workload, result);
  result.words = result.cycles[kMac];
  result.weight_bytes =
      result.words * static_cast<std::uint64_t>(configuration.engine.word_bytes());
  return result;
}

}  // namespace lacuna::sim
