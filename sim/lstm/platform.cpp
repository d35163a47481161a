// SPDX-License-Identifier: Apache-2.0
#include "sim/lstm/platform.h"

#include <fmt/format.h>

#include <numeric>

#include "sim/common/systemc_context.h"
#include "sim/lstm/engine.h"

namespace lacuna::sim {
namespace {

constexpr std::uint64_t kPatience = 100'000;

MemoryTiming memory_timing(const LstmWorkload& workload, const PlatformOptions& options) {
  MemoryTiming timing;
  timing.bytes_per_cycle = options.bytes_per_cycle.value_or(workload.engine.port_bytes());
  timing.latency = workload.latency;
  timing.jitter = options.jitter;
  timing.seed = options.seed;
  return timing;
}

/// All modules and their bindings. Each module's randomness is its own, so that one more port
/// changes no other's.
struct Platform {
  Platform(LstmModel& model, const LstmWorkload& workload, const PlatformOptions& options)
      : timing(memory_timing(workload, options)),
        clock("clock", timing.cycle),
        dram("dram", timing, kWeightBase, workload.weights),
        reader("reader", timing, workload.engine.word_bytes(), options.stall, options.seed + 11),
        start("start", options.stall, options.seed + 22),
        init("init", options.stall, options.seed + 33),
        x("x", options.stall, options.seed + 44),
        scoreboard("scoreboard", workload.engine, options.stall, options.seed + 55),
        sequencer("sequencer", workload, {start, init, x, reader, scoreboard}, kPatience),
        engine("engine", model) {
    reader.socket.bind(dram.socket);
    engine.clk_i(clock);
    engine.control(sequencer);
    engine.start(start);
    engine.init(init);
    engine.x(x);
    engine.weight(reader);
    engine.command(reader);
    engine.y(scoreboard);
  }

  MemoryTiming timing;
  sc_core::sc_clock clock;
  Dram dram;
  WeightReader reader;
  ListSource start, init, x;
  Scoreboard scoreboard;
  Sequencer sequencer;
  LstmEngineModule engine;
};

std::uint64_t sum(const ClassCounts& counts) {
  return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
}

}  // namespace

std::uint64_t RunResult::total() const { return sum(cycles); }

RunResult run_platform(const LstmConfiguration& configuration, const LstmWorkload& workload,
                       const PlatformOptions& options) {
  const auto model = configuration.make(options.seed);
  if (!options.wave.empty()) model->open_wave(options.wave);
  const SystemcContext context;
  Platform platform(*model, workload, options);
  const double seconds = simulate();
  platform.engine.rethrow();

  RunResult result;
  result.each = platform.sequencer.counts();
  for (const auto& counts : result.each) {
    for (std::size_t at = 0; at < counts.size(); ++at) result.cycles[at] += counts[at];
  }
  result.vectors_compared = platform.scoreboard.checker.vectors();
  result.mismatch = platform.scoreboard.checker.mismatch();
  result.commands = platform.reader.commands();
  result.words = platform.reader.words();
  result.weight_bytes = platform.reader.bytes();
  result.bursts = platform.dram.bursts();
  result.beats = platform.dram.beats();
  result.clocks = platform.engine.cycles();
  result.seconds = seconds;
  return result;
}

golden::CycleCounts model_cycles(const LstmWorkload& workload) {
  golden::CycleCounts all;
  for (const auto& sequence : workload.sequences) {
    if (sequence.reset_after != 0) continue;
    all.mac += sequence.cycles.mac;
    all.weight_wait += sequence.cycles.weight_wait;
    all.bank_wait += sequence.cycles.bank_wait;
    all.turn += sequence.cycles.turn;
    all.list_wait += sequence.cycles.list_wait;
  }
  return all;
}

std::string cycle_difference(const LstmWorkload& workload, const RunResult& result) {
  for (std::size_t at = 0; at < result.each.size(); ++at) {
    const auto& sequence = workload.sequences[at];
    const auto& got = result.each[at];
    if (sequence.reset_after != 0) continue;
    const auto& expected = sequence.cycles;
    if (sum(got) == expected.total() && got[kMac] == expected.mac &&
        got[kWeightWait] == expected.weight_wait && got[kBankWait] == expected.bank_wait &&
        got[kTurn] == expected.turn && got[kListWait] == expected.list_wait) {
      continue;
    }
    return fmt::format(
        "cycles: engine {}, sequence {}: expected {} (mac {}, weight {}, bank {}, turn {}, list "
        "{}), got {} (mac {}, weight {}, "
        "bank {}, turn {}, list {})",
        workload.engine.top, at, expected.total(), expected.mac, expected.weight_wait,
        expected.bank_wait, expected.turn, expected.list_wait, sum(got), got[kMac],
        got[kWeightWait], got[kBankWait], got[kTurn], got[kListWait]);
  }
  return {};
}

}  // namespace lacuna::sim
