// SPDX-License-Identifier: Apache-2.0
// What happens between two settled states of a netlist: every net's changes in their time, glitches
// included. For gates alone; registers and memories are where changes begin.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "sim/silicon/netlist.h"
#include "sim/silicon/timing.h"

namespace lacuna::sim {

class TimedSimulation {
 public:
  /// Keeps a reference to the netlist. @param delays gate_delays()
  TimedSimulation(const Netlist& netlist, const std::vector<std::vector<GateDelay>>& delays);

  /// From the settled values of one cycle to those of the next: nets that no gate drives change at
  /// time 0, the others by the gates' delays. A pulse shorter than a gate's delay ends at that
  /// gate. @param before, after GateSimulation::values()
  void run(const std::vector<std::uint8_t>& before, const std::vector<std::uint8_t>& after);

  /// The value of a net in the last run, so many seconds after it began.
  bool at(Net net, double seconds) const;
  /// When the last change of any net came, in the last run; 0 for none.
  double settled_after() const { return settled_after_; }
  /// Changes of each net in all runs, glitches included. [net]
  const std::vector<std::uint64_t>& changes() const { return changes_; }

 private:
  struct Gate {
    TruthTable table = 0;
    Net inputs[kFunctionInputs] = {};
    double rise[kFunctionInputs] = {}, fall[kFunctionInputs] = {};
    std::uint32_t input_count = 0;
    Net output = 0;
  };
  struct Change {
    double time = 0;
    std::uint8_t value = 0;
  };
  struct Event {
    double time = 0;
    Net net = 0;
    std::uint8_t value = 0;
    std::uint32_t version = 0;  ///< void when the net has got a later one
    bool operator>(const Event& other) const { return time > other.time; }
  };

  void change(Net net, std::uint8_t value, double time);
  void propagate(Net net, double time);
  bool value_of(const Gate& gate) const;

  std::vector<Gate> gates_;
  std::vector<std::vector<std::pair<std::uint32_t, std::uint32_t>>> sinks_;  ///< [net]: gate, input
  std::vector<std::uint8_t> driven_, values_, pending_;                      ///< [net]
  std::vector<std::uint32_t> versions_;                                      ///< [net]
  std::vector<std::vector<Change>> history_;                                 ///< [net], last run
  std::vector<Net> changed_;                                                 ///< in the last run
  std::vector<Event> queue_;                                                 ///< a heap
  double settled_after_ = 0;
  std::vector<std::uint64_t> changes_;
};

}  // namespace lacuna::sim
