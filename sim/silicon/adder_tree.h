// SPDX-License-Identifier: Apache-2.0
// A neuron's adder tree in gates: how late its bits are at work (rtl/common/lac_sum.v,
// docs/faults.md).
#pragma once

#include <cstdint>
#include <vector>

#include "sim/silicon/timed_simulation.h"
#include "sim/silicon/wires.h"

namespace lacuna::sim {

/// Numbers that a tree sums, one set a cycle.
struct TreeWorkload {
  int numbers = 0;                                ///< summed
  int in_bits = 0;                                ///< of each
  int sum_bits = 0;                               ///< of the sum
  std::vector<std::vector<std::int32_t>> cycles;  ///< [cycle][number]
};

class AdderTree {
 public:
  /// Maps the tree onto the library.
  AdderTree(int numbers, int in_bits, int sum_bits, const Library& library, const WireModel& wires);
  AdderTree(const AdderTree&) = delete;
  AdderTree& operator=(const AdderTree&) = delete;

  double area() const { return netlist_.cell_area(); }
  double longest_path() const { return timing_.longest_path; }  ///< second, static

  /// Runs the workload and looks at the sum's bits at each deadline after the numbers changed.
  /// @return share of cycles in which the bit is not yet what it becomes, [deadline][bit]
  /// @throws CheckFailed when the gates settle to another sum
  std::vector<std::vector<double>> late(const TreeWorkload& workload,
                                        const std::vector<double>& deadlines) const;

 private:
  Netlist netlist_;
  Timing timing_;
  std::vector<std::vector<GateDelay>> delays_;
};

}  // namespace lacuna::sim
