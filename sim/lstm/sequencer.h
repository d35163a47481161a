// SPDX-License-Identifier: Apache-2.0
// Plays a workload: resets the engine, writes parameters, starts one sequence after the other,
// counts what each cycle was spent on, and ends the run at the end, at the first mismatch, or when
// the engine stands still.
#pragma once

#include <array>
#include <systemc>

#include "sim/common/list_source.h"
#include "sim/lstm/scoreboard.h"
#include "sim/lstm/workload.h"
#include "sim/memory/weight_reader.h"

namespace lacuna::sim {

/// Cycles of one sequence by cycle_class_o, from the start's acceptance to the end of busy.
using ClassCounts = std::array<std::uint64_t, kCycleClasses>;

/// What the sequencer loads for each sequence.
struct SequencerPeers {
  ListSource& start;
  ListSource& init;
  ListSource& x;
  WeightReader& reader;
  Scoreboard& scoreboard;
};

class Sequencer : public sc_core::sc_module, public Control {
 public:
  /// Keeps references to workload and peers.
  /// @param patience cycles without a word, command or state after which a busy engine counts as
  /// stuck
  Sequencer(const sc_core::sc_module_name& name, const LstmWorkload& workload,
            const SequencerPeers& peers, std::uint64_t patience);

  void drive(LstmModel& model) override;
  /// @throws CheckFailed when the engine is stuck or leaves words or input over.
  void observe(const LstmOutputs& out) override;

  /// One entry a sequence that was run; those cut by a reset count what they had.
  const std::vector<ClassCounts>& counts() const { return counts_; }

 private:
  enum class Phase { kReset, kParameters, kRun };

  void load();
  void leave();

  const LstmWorkload& workload_;
  SequencerPeers peers_;
  LstmBeats beats_;
  std::uint64_t patience_;
  Phase phase_ = Phase::kReset;
  std::size_t phase_cycle_ = 0;  // cycles spent in reset, or units written
  std::size_t sequence_ = 0;
  bool was_busy_ = false;
  ClassCounts now_{};
  std::uint64_t busy_cycles_ = 0, waiting_ = 0, progress_ = 0;
  std::vector<ClassCounts> counts_;
};

}  // namespace lacuna::sim
