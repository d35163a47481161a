// SPDX-License-Identifier: Apache-2.0
#include "sim/sc/platform.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <numeric>

#include "sim/common/systemc_context.h"
#include "sim/sc/engine.h"

namespace lacuna::sim {
namespace {

constexpr std::uint64_t kPatience = 20'000;

/// All modules and their bindings. Each module's randomness is its own, so that one more port
/// changes no other's.
struct Platform {
  Platform(ScModel& model, const ScWorkload& workload, const ScPlatformOptions& options)
      : clock("clock", 5, sc_core::SC_NS),
        x("x", options.stall, options.seed + 11),
        scoreboard("scoreboard", workload, options.stall, options.seed + 22),
        sequencer("sequencer", workload, x, scoreboard, kPatience),
        engine("engine", model) {
    engine.clk_i(clock);
    engine.control(sequencer);
    engine.x(x);
    engine.y(scoreboard);
  }

  sc_core::sc_clock clock;
  ListSource x;
  ScScoreboard scoreboard;
  ScSequencer sequencer;
  ScEngineModule engine;
};

}  // namespace

ScClassCounts ScRunResult::cycles() const {
  ScClassCounts all{};
  for (const auto& run : runs) {
    for (std::size_t at = 0; at < all.size(); ++at) all[at] += run.cycles[at];
  }
  return all;
}

std::uint64_t ScRunResult::total() const {
  const ScClassCounts counts = cycles();
  return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
}

ScRunResult run_platform(const ScConfiguration& configuration, const ScWorkload& workload,
                         const ScPlatformOptions& options) {
  const auto& make = workload.faults ? configuration.make_faulty : configuration.make;
  if (!make) throw no_wrappers(configuration.name);
  const auto model = make(options.seed);
  if (!options.wave.empty()) model->open_wave(options.wave);
  const SystemcContext context;
  Platform platform(*model, workload, options);
  const double seconds = simulate();
  platform.engine.rethrow();

  ScRunResult result;
  result.runs = platform.sequencer.times();
  const ScChecker& checker = platform.scoreboard.checker();
  result.images_compared = checker.images();
  result.bits_compared = checker.bits();
  result.mismatch = checker.mismatch();
  result.clocks = platform.engine.cycles();
  result.seconds = seconds;
  return result;
}

std::uint64_t model_cycles(const ScWorkload& workload) {
  std::uint64_t cycles = 0;
  for (const auto& run : workload.runs) {
    if (run.reset_after == 0) cycles += run.out.back() + 1;
  }
  return cycles;
}

std::string cycle_difference(const ScWorkload& workload, const ScRunResult& result) {
  for (std::size_t at = 0; at < result.runs.size(); ++at) {
    const ScImages& run = workload.runs[at];
    const auto& got = result.runs[at].out;
    if (run.reset_after != 0) continue;
    for (std::size_t image = 0; image < got.size(); ++image) {
      if (got[image] == run.out[image]) continue;
      return fmt::format("cycles: engine {}, run {}, image {}: expected in cycle {}, got in {}",
                         workload.engine.top, at, image, run.out[image], got[image]);
    }
    if (got.size() != run.out.size()) continue;  // cut short by a mismatch
    ScClassCounts wanted{};
    wanted[kScRuns] = run.out.size() * workload.engine.run_cycles(workload.length);
    wanted[kScInputWait] = run.out.back() + 1 - wanted[kScRuns];
    if (result.runs[at].cycles != wanted) {
      return fmt::format("cycles: engine {}, run {}: expected classes {}, got {}",
                         workload.engine.top, at, fmt::join(wanted, " "),
                         fmt::join(result.runs[at].cycles, " "));
    }
  }
  return {};
}

}  // namespace lacuna::sim
