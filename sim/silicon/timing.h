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

/// @throws Error with the tool's message when OpenSTA refuses netlist or library.
Timing time_netlist(const Netlist& netlist, const Library& library, const WireModel& wires);

/// @throws CheckFailed when the path is longer than a period of the clock.
void require_clock(const Timing& timing, const std::string& top, double hertz);

}  // namespace lacuna::sim
