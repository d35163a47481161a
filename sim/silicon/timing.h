// SPDX-License-Identifier: Apache-2.0
// A netlist's longest path, and power without a workload, by OpenSTA (docs/silicon.md).
#pragma once

#include <string>
#include <vector>

#include "sim/silicon/netlist.h"
#include "sim/silicon/wires.h"

namespace lacuna::sim {

struct Timing {
  double longest_path = 0;        ///< second, with the setup time of the register that it ends at
  std::vector<std::string> path;  ///< cells along it
  /// OpenSTA's power with its default activity: joule a cycle and watt.
  double dynamic_energy = 0, leakage = 0;

  double fmax() const { return 1 / longest_path; }
};

/// From an input of a gate to its output; pins are those of the cell's type.
struct GateDelay {
  std::size_t input = 0, output = 0;
  double rise = 0, fall = 0;  ///< second, by the output's edge
};

/// @throws Error with the tool's message when OpenSTA refuses netlist or library.
Timing time_netlist(const Netlist& netlist, const Library& library, const WireModel& wires);

/// Delays of every cell at its load, by OpenSTA. Index that of Netlist::cells. @throws likewise
std::vector<std::vector<GateDelay>> gate_delays(const Netlist& netlist, const Library& library,
                                                const WireModel& wires);

/// @throws CheckFailed when the path is longer than a period of the clock.
void require_clock(const Timing& timing, const std::string& top, double hertz);

}  // namespace lacuna::sim
