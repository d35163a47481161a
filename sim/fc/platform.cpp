// SPDX-License-Identifier: Apache-2.0
#include "sim/fc/platform.h"

#include <fmt/format.h>

#include <memory>
#include <numeric>
#include <utility>

#include "sim/common/systemc_context.h"
#include "sim/fc/engine.h"

namespace lacuna::sim {
namespace {

constexpr std::uint64_t kPatience = 100'000;

/// All modules and their bindings. Each module's randomness is its own, so that one more port
/// changes no other's.
struct Platform {
  Platform(std::vector<FcModel*> models, const FcWorkload& workload,
           const FcPlatformOptions& options)
      : clock("clock", 5, sc_core::SC_NS),
        x("x", options.stall, options.seed + 11),
        scoreboard("scoreboard", workload, options.stall, options.seed + 22),
        sequencer("sequencer", workload, x, scoreboard, kPatience),
        chain("chain", std::move(models), options.stall, options.seed) {
    chain.clk_i(clock);
    chain.control(sequencer);
    chain.x(x);
    chain.y(scoreboard);
  }

  sc_core::sc_clock clock;
  ListSource x;
  FcScoreboard scoreboard;
  FcSequencer sequencer;
  FcChainModule chain;
};

std::uint64_t sum(const FcClassCounts& counts) {
  return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
}

}  // namespace

FcClassCounts FcLayerRun::cycles() const {
  FcClassCounts all{};
  for (const auto& run : runs) {
    for (std::size_t at = 0; at < all.size(); ++at) all[at] += run.cycles[at];
  }
  return all;
}

std::uint64_t FcLayerRun::total() const { return sum(cycles()); }

FcRunResult run_platform(const std::vector<FcConfiguration>& configurations,
                         const FcWorkload& workload, const FcPlatformOptions& options) {
  std::vector<std::unique_ptr<FcModel>> models;
  std::vector<FcModel*> pointers;
  for (const FcConfiguration& configuration : configurations) {
    const auto& make = workload.faults ? configuration.make_faulty : configuration.make;
    if (!make) throw no_wrappers(configuration.name);
    models.push_back(make(options.seed + models.size()));
    pointers.push_back(models.back().get());
  }
  if (!options.wave.empty()) models.front()->open_wave(options.wave);
  const SystemcContext context;
  Platform platform(std::move(pointers), workload, options);
  const double seconds = simulate();
  platform.chain.rethrow();

  FcRunResult result;
  for (std::size_t layer = 0; layer < models.size(); ++layer)
    result.layers.push_back(
        {platform.sequencer.times()[layer], platform.scoreboard.checkers()[layer].images()});
  result.mismatch = platform.scoreboard.mismatch();
  result.clocks = platform.chain.cycles();
  result.seconds = seconds;
  return result;
}

std::uint64_t model_cycles(const FcWorkload& workload) {
  std::uint64_t cycles = 0;
  for (const auto& run : workload.runs) {
    if (run.reset_after == 0) cycles += run.cycles.back().back().out + 1;
  }
  return cycles;
}

std::string cycle_difference(const FcWorkload& workload, const FcRunResult& result) {
  for (std::size_t layer = 0; layer < result.layers.size(); ++layer) {
    const auto& runs = result.layers[layer].runs;
    for (std::size_t at = 0; at < runs.size(); ++at) {
      if (workload.runs[at].reset_after != 0) continue;
      const auto& model = workload.runs[at].cycles[layer];
      for (std::size_t image = 0; image < runs[at].out.size(); ++image) {
        if (runs[at].out[image] == model[image].out) continue;
        return fmt::format("cycles: layer {}, run {}, image {}: expected in cycle {}, got in {}",
                           layer, at, image, model[image].out, runs[at].out[image]);
      }
    }
  }
  return {};
}

}  // namespace lacuna::sim
