// SPDX-License-Identifier: Apache-2.0
// Plays a workload: resets the engine, writes its codes and seeds, runs the images, notes when each
// is complete and what each cycle was spent on, and ends the run at the end, at the first mismatch,
// or when the engine stands still.
#pragma once

#include <array>
#include <systemc>
#include <vector>

#include "sim/common/list_source.h"
#include "sim/sc/scoreboard.h"
#include "sim/sc/workload.h"

namespace lacuna::sim {

/// Cycles by cycle_class_o.
using ScClassCounts = std::array<std::uint64_t, kScCycleClasses>;

/// What one run of images took, from the first offer of x on.
struct ScRunTimes {
  ScClassCounts cycles{};
  std::vector<std::uint64_t> out;  ///< cycle in which each image's sums left
};

class ScSequencer : public sc_core::sc_module, public ScControl {
 public:
  /// Keeps references.
  /// @param patience cycles without a beat after which a running engine counts as stuck
  ScSequencer(const sc_core::sc_module_name& name, const ScWorkload& workload, ListSource& x,
              ScScoreboard& scoreboard, std::uint64_t patience);

  void drive(ScModel& model) override;
  /// @throws CheckFailed when the engine is stuck or leaves input over.
  void observe(const ScOutputs& out) override;

  /// One entry a run; those cut by a reset have what they had.
  const std::vector<ScRunTimes>& times() const { return times_; }

 private:
  enum class Phase { kReset, kLoad, kRun };

  /// Writes the next seed or codes. @return false when all are written
  bool write_next(ScModel& model);
  void begin_run();
  void leave();

  const ScWorkload& workload_;
  ListSource& x_;
  ScScoreboard& scoreboard_;
  std::uint64_t patience_;
  Phase phase_ = Phase::kReset;
  bool loaded_ = false;
  std::size_t phase_cycle_ = 0;  ///< cycles of the phase so far, this one included
  std::size_t written_ = 0, run_ = 0;
  std::uint64_t waiting_ = 0, progress_ = 0;
  std::vector<ScRunTimes> times_;
};

}  // namespace lacuna::sim
