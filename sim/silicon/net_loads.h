// SPDX-License-Identifier: Apache-2.0
// What hangs on each net of a netlist: pins and wire.
#pragma once

#include <vector>

#include "sim/silicon/netlist.h"
#include "sim/silicon/wires.h"

namespace lacuna::sim {

/// Farad, [net].
std::vector<double> net_loads(const Netlist& netlist, const WireModel& wires);

}  // namespace lacuna::sim
