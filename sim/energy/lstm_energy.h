// SPDX-License-Identifier: Apache-2.0
// Energy of a run of the recurrent engine: events that the RTL's run counted x a technology table
// (docs/energy.md).
#pragma once

#include <string>
#include <vector>

#include "sim/energy/technology.h"
#include "sim/network/cosim.h"

namespace lacuna::sim {

/// A part of the engine, what it did and what that cost.
struct EnergyPart {
  std::string part;
  double events = 0;
  double joule = 0;
};

/// By boundary: PE alone, PE with its sums, the engine with all its memories, and main memory,
/// which no engine energy includes.
struct LstmEnergy {
  std::vector<EnergyPart> parts;
  double pe = 0, pe_with_sums = 0, engine = 0, dram = 0;  ///< joule
  double total() const { return engine + dram; }
};

/// Sums over all layers of the run. Dynamic energy of arithmetic and memories only: no clock tree,
/// registers, control or leakage.
LstmEnergy lstm_energy(const CosimResult& result, const Technology& technology);

}  // namespace lacuna::sim
