// SPDX-License-Identifier: Apache-2.0
// Takes the sums, stalling at random, and listens to what passes between the layers.
#pragma once

#include <systemc>

#include "sim/common/stall.h"
#include "sim/sc/checker.h"
#include "sim/sc/ports.h"

namespace lacuna::sim {

class ScScoreboard : public sc_core::sc_module, public SumSink {
 public:
  /// Keeps a reference to the workload.
  ScScoreboard(const sc_core::sc_module_name& name, const ScWorkload& workload, double stall,
               std::uint64_t seed)
      : sc_module(name), checker_(workload), stall_(stall, seed) {}

  void begin(std::size_t run) { checker_.begin(run); }
  bool ready() override { return !stall_.now(); }
  void put(const Beat& sums) override { checker_.put(sums); }
  void listen(std::size_t layer, const Beat& bits) override { checker_.listen(layer, bits); }

  const ScChecker& checker() const { return checker_; }

 private:
  ScChecker checker_;
  Stall stall_;
};

}  // namespace lacuna::sim
