// SPDX-License-Identifier: Apache-2.0
// Plays a workload: resets the engines, writes their memories, runs the images, notes when each is
// complete and what each cycle was spent on, and ends the run at the end, at the first mismatch, or
// when the engines stand still.
#pragma once

#include <array>
#include <systemc>
#include <vector>

#include "sim/common/list_source.h"
#include "sim/fc/scoreboard.h"
#include "sim/fc/workload.h"

namespace lacuna::sim {

/// Cycles by cycle_class_o.
using FcClassCounts = std::array<std::uint64_t, kFcCycleClasses>;

/// What one run of images took a layer, from run_i's rise on.
struct FcRunTimes {
  FcClassCounts cycles{};
  std::vector<std::uint64_t> out;  ///< cycle of each image's last beat of y
};

class FcSequencer : public sc_core::sc_module, public FcControl {
 public:
  /// Keeps references.
  /// @param patience cycles without a beat after which running engines count as stuck
  FcSequencer(const sc_core::sc_module_name& name, const FcWorkload& workload, ListSource& x,
              FcScoreboard& scoreboard, std::uint64_t patience);

  void begin_cycle() override;
  void drive(std::size_t layer, FcModel& model) override;
  void observe(std::size_t layer, const FcOutputs& out) override;
  /// @throws CheckFailed when an engine is stuck or leaves input over.
  void end_cycle() override;

  /// [layer][run]; runs cut by a reset have what they had.
  const std::vector<std::vector<FcRunTimes>>& times() const { return times_; }

 private:
  enum class Phase { kReset, kLoad, kPause, kRun };

  /// Writes the next word of any of a layer's memories. @return false when all are written
  bool write_next(std::size_t layer, FcModel& model);
  void enter(Phase phase);
  void begin_run();
  void leave(Phase phase);

  const FcWorkload& workload_;
  ListSource& x_;
  FcScoreboard& scoreboard_;
  std::uint64_t patience_;
  Phase phase_ = Phase::kReset;
  bool loaded_ = false;          ///< all memories of all layers
  bool writing_ = false;         ///< a layer has had a word left in this cycle
  std::size_t phase_cycle_ = 0;  ///< cycles of the phase so far, this one included
  std::size_t run_ = 0;
  std::vector<std::size_t> written_;  ///< words, [layer]
  std::uint64_t waiting_ = 0, progress_ = 0;
  std::vector<std::vector<FcRunTimes>> times_;
};

}  // namespace lacuna::sim
