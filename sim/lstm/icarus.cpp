// SPDX-License-Identifier: Apache-2.0
#include "sim/lstm/icarus.h"

#include <fmt/format.h>

#include <fstream>
#include <sstream>

#include "golden/error.h"
#include "sim/common/icarus.h"

namespace lacuna::sim {
namespace {

namespace fs = std::filesystem;

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
  write_hex(folder / "param.hex", workload.parameters, beats.parameter_bits());
  write_hex(folder / "sequences.hex", table, 64);
  write_hex(folder / "start.hex", start, beats.start_bits());
  write_hex(folder / "init.hex", init, beats.initial_bits());
  write_hex(folder / "x.hex", x, beats.column_bits());
  write_hex(folder / "weights.hex", bytes, 8);
  return {init.size(), x.size(), bytes.size()};
}

void compile(IcarusBench& bench, const LstmWorkload& workload, const VectorCounts& counts) {
  const auto& engine = workload.engine;
  const auto& settings = workload.settings;
  if (engine.cell_norm) bench.define("CELL_NORM");
  bench.set("Lanes", engine.lanes);
  bench.set("Batch", engine.batch);
  bench.set("Depth", engine.depth);
  bench.set("EwWidth", engine.ew_width);
  bench.set("EwGates", engine.ew_gates);
  bench.set("MaxUnits", engine.max_units);
  bench.set("MaxInputs", engine.max_inputs);
  bench.set("WeightBits", engine.weight_bits);
  bench.set("AccWidth", engine.acc_width);
  bench.set("FifoDepth", engine.fifo_depth);
  bench.set("SkipZeros", engine.skip_zeros ? 1 : 0);
  bench.set("Units", settings.units);
  bench.set("Inputs", settings.inputs);
  bench.set("Words", settings.words);
  bench.set("BlockWords", settings.block_words);
  bench.set("Base", settings.base);
  bench.set("Stride", settings.stride);
  bench.set("LastStride", settings.last_stride);
  bench.set("Span", settings.span);
  bench.set("PreShift", settings.pre_shift);
  bench.set("CellFrac", settings.cell_frac);
  bench.set("Threshold", settings.threshold);
  bench.set("NormShift", settings.norm_shift);
  bench.set("Sequences", workload.sequences.size());
  bench.set("InitBeats", counts.init);
  bench.set("XBeats", counts.x);
  bench.set("WeightBytes", counts.weight_bytes);
  bench.compile();
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
      checker.check(parse_hex(line, fmt::format("engine {}: y", workload.engine.top)));
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
  IcarusBench bench("lstm", "lac_lstm_tb", workload.engine.top);
  compile(bench, workload, write_vectors(bench.folder(), workload));
  RunResult result;
  result.seconds =
      bench.run(fmt::format("+latency={} +stall={} +seed={}", workload.latency,
                            static_cast<int>(options.stall * 1024), options.seed % 0x7FFFFFFF));
  read_cycles(bench.folder() / "cycles.txt", workload, result);
  check_states(bench.folder() / "y.hex", workload, result);
  result.words = result.cycles[kMac];
  result.weight_bytes =
      result.words * static_cast<std::uint64_t>(configuration.engine.word_bytes());
  return result;
}

}  // namespace lacuna::sim
