// SPDX-License-Identifier: Apache-2.0
// Plays a workload: resets the engine, writes its memories, runs the images, notes when each is
// complete and what each cycle was spent on, and ends the run at the end, at the first mismatch, or
// when the engine stands still.
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

/// What one run of images took, from run_i's rise on.
struct FcRunTimes {
  FcClassCounts cycles{};
  std::vector<std::uint64_t> out;  ///< cycle of each image's last beat of y
};

class FcSequencer : public sc_core::sc_module, public FcControl {
 public:
  /// Keeps references.
  /// @param patience cycles without a beat after which a running engine counts as stuck
  FcSequencer(const sc_core::sc_module_name& name, const FcWorkload& workload, ListSource& x,
              FcScoreboard& scoreboard, std::uint64_t patience);

  void drive(FcModel& model) override;
  /// @throws CheckFailed when the engine is stuck or leaves input over.
  void observe(const FcOutputs& out) override;

  /// One entry a run; those cut by a reset have what they had.
  const std::vector<FcRunTimes>& times() const { return times_; }

 private:
  enum class Phase { kReset, kLoad, kPause, kRun };

  /// Writes the next word of any memory. @return false when all are written
  bool write_next(FcModel& model);
  void begin_run();
  void leave();

  const FcWorkload& workload_;
  ListSource& x_;
  FcScoreboard& scoreboard_;
  std::uint64_t patience_;
  Phase phase_ = Phase::kReset;
  bool loaded_ = false;
  std::size_t phase_cycle_ = 0, written_ = 0, run_ = 0;
  FcRunTimes now_;
  std::uint64_t cycle_ = 0, waiting_ = 0, progress_ = 0;
  std::vector<FcRunTimes> times_;
};

}  // namespace lacuna::sim
