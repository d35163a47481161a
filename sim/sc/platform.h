// SPDX-License-Identifier: Apache-2.0
// The SystemC platform of the stochastic engine: RTL, driver and scoreboard, elaborated and run for
// one workload.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "sim/sc/configuration.h"
#include "sim/sc/sequencer.h"
#include "sim/sc/workload.h"

namespace lacuna::sim {

struct ScPlatformOptions {
  double stall = 0;        ///< probability with which each port pauses in a cycle, 0 <= stall < 1
  std::uint64_t seed = 1;  ///< of stalls and the registers that have no reset
  std::filesystem::path wave;  ///< FST file; empty: none
};

struct ScRunResult {
  std::vector<ScRunTimes> runs;
  std::uint64_t images_compared = 0;
  std::uint64_t bits_compared = 0;  ///< between the layers
  std::optional<ScMismatch> mismatch;
  std::uint64_t clocks = 0;  ///< simulated cycles, reset and writes of codes included
  double seconds = 0;        ///< of simulation

  std::uint64_t total() const;   ///< cycles of all runs
  ScClassCounts cycles() const;  ///< the same by class
};

/// Runs the workload from reset to its end or the first mismatch.
/// @throws CheckFailed when the engine is stuck or leaves input over; Error when the wave file
/// cannot be written.
ScRunResult run_platform(const ScConfiguration& configuration, const ScWorkload& workload,
                         const ScPlatformOptions& options);

/// Cycles of the model, over all runs that are not cut by a reset.
std::uint64_t model_cycles(const ScWorkload& workload);

/// The first image that left in another cycle than the cycle model says, or the first run whose
/// cycles are of another class, as a line; empty when there is none. Holds without stalls only.
std::string cycle_difference(const ScWorkload& workload, const ScRunResult& result);

}  // namespace lacuna::sim
