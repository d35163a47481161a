// SPDX-License-Identifier: Apache-2.0
// Energy of a netlist that did something: toggles x what a toggle costs, clock, memories and
// leakage (docs/silicon.md, "Energy").
#pragma once

#include <vector>

#include "sim/silicon/gate_simulation.h"
#include "sim/silicon/sram.h"
#include "sim/silicon/wires.h"

namespace lacuna::sim {

/// Joule.
struct GateEnergy {
  double gates = 0;      ///< nets that gates and inputs drive, and these gates
  double registers = 0;  ///< toggles of flip-flops and of the nets that they and memories drive
  double clock = 0;
  double memories = 0;
  double leakage = 0;
  std::vector<double> modules;  ///< [module], of all instances, clock and leakage included

  double total() const { return gates + registers + clock + memories + leakage; }
};

/// @param hertz of the clock: what leakage's time is reckoned by
GateEnergy gate_energy(const Netlist& netlist, const Library& library, const GateActivity& activity,
                       const WireModel& wires, const SramModel& sram, double hertz);

}  // namespace lacuna::sim
