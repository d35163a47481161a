// SPDX-License-Identifier: Apache-2.0
// The SystemC platform of fully-connected engines in a chain: RTL, driver and scoreboard,
// elaborated and run for one workload.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "sim/fc/configuration.h"
#include "sim/fc/sequencer.h"
#include "sim/fc/workload.h"

namespace lacuna::sim {

struct FcPlatformOptions {
  double stall = 0;        ///< probability with which each port pauses in a cycle, 0 <= stall < 1
  std::uint64_t seed = 1;  ///< of stalls and the registers that have no reset
  std::filesystem::path wave;  ///< FST file; empty: none
};

/// All runs of one layer. In a chain the cycles are those of the chain.
struct FcLayerRun {
  std::vector<FcRunTimes> runs;
  std::uint64_t images_compared = 0;

  std::uint64_t total() const;   ///< cycles
  FcClassCounts cycles() const;  ///< the same by class
};

struct FcRunResult {
  std::vector<FcLayerRun> layers;
  std::optional<FcMismatch> mismatch;
  std::uint64_t clocks = 0;  ///< simulated cycles, reset and writes of memories included
  double seconds = 0;        ///< of simulation

  std::uint64_t total() const { return layers.front().total(); }  ///< cycles of the chain
};

/// Runs the workload from reset to its end or the first mismatch.
/// @param configurations one a layer of the workload, the engines that it was made for
/// @throws CheckFailed when an engine is stuck or leaves input over; Error when the wave file,
/// which shows the first layer, cannot be written.
FcRunResult run_platform(const std::vector<FcConfiguration>& configurations,
                         const FcWorkload& workload, const FcPlatformOptions& options);

/// Cycles of the model, over all runs that are not cut by a reset.
std::uint64_t model_cycles(const FcWorkload& workload);

/// The first image that left a layer in another cycle than the cycle model says, as a line; empty
/// when none did. Holds without stalls only.
std::string cycle_difference(const FcWorkload& workload, const FcRunResult& result);

}  // namespace lacuna::sim
