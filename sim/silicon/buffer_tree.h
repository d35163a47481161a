// SPDX-License-Identifier: Apache-2.0
// Trees of buffers on nets that are too large for what drives them. Modules are mapped one by one,
// so a net into hundreds of instances leaves synthesis with one gate to drive them all.
#pragma once

#include <cstddef>

#include "sim/silicon/netlist.h"
#include "sim/silicon/wires.h"

namespace lacuna::sim {

/// Repairs every net of a cell whose load is above its max_capacitance, with the library's
/// strongest buffer, each driving at most half of what it may. The buffers are a module of their
/// own in the netlist. Nets of ports and memories are left as they are: nothing says what they can
/// drive.
/// @return buffers added; none when the library states no limits.
std::size_t buffer_large_nets(Netlist& netlist, const Library& library, const WireModel& wires);

}  // namespace lacuna::sim
