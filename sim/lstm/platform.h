// SPDX-License-Identifier: Apache-2.0
// The SystemC platform of the recurrent engine: RTL, memory, drivers and scoreboard, elaborated and
// run for one workload.
#pragma once

#include <filesystem>
#include <optional>

#include "sim/lstm/configuration.h"
#include "sim/lstm/sequencer.h"
#include "sim/lstm/workload.h"

namespace lacuna::sim {

struct PlatformOptions {
  double stall = 0;        ///< probability with which each port pauses in a cycle, 0 <= stall < 1
  std::uint64_t seed = 1;  ///< of stalls, jitter and the registers that have no reset
  int jitter = 0;          ///< cycles
  std::optional<int> bytes_per_cycle;  ///< of the memory; the engine's port if not given
  std::filesystem::path wave;          ///< FST file; empty: none
};

/// Cycles by class and what went over the ports, of one run.
struct RunResult {
  ClassCounts cycles{};           ///< all sequences
  std::vector<ClassCounts> each;  ///< one entry a sequence
  std::uint64_t vectors_compared = 0;
  std::optional<Mismatch> mismatch;
  std::uint64_t commands = 0, words = 0, weight_bytes = 0, bursts = 0, beats = 0;
  std::uint64_t clocks = 0;  ///< simulated cycles, reset and parameter writes included
  double seconds = 0;        ///< of simulation

  std::uint64_t total() const;
};

/// Runs the workload from reset to its end or the first mismatch.
/// @throws CheckFailed when the engine is stuck, asks for memory that is not there, or leaves input
/// over; Error when the
///         wave file cannot be written.
RunResult run_platform(const LstmConfiguration& configuration, const LstmWorkload& workload,
                       const PlatformOptions& options);

/// Cycles of the model, over all sequences that run to their end.
golden::CycleCounts model_cycles(const LstmWorkload& workload);

/// The first sequence whose cycles differ from the cycle model, as a line; empty when none does.
/// Holds without stalls and jitter only.
std::string cycle_difference(const LstmWorkload& workload, const RunResult& result);

}  // namespace lacuna::sim
