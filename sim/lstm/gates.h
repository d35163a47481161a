// SPDX-License-Identifier: Apache-2.0
// The recurrent engine as gates (docs/silicon.md): its RTL's parameters for synthesis, and a mapped
// netlist in the place of the RTL.
#pragma once

#include "sim/lstm/configuration.h"
#include "sim/silicon/gate_simulation.h"
#include "sim/silicon/synthesis.h"

namespace lacuna::sim {

/// Of the engine's top, by their names in the RTL.
Parameters rtl_parameters(const golden::LstmEngine& engine);

/// Takes a reference to the simulation, which counts while the engine works, not while memories are
/// loaded.
std::unique_ptr<LstmModel> make_gates(GateSimulation& gates, const golden::LstmEngine& engine,
                                      std::uint64_t seed);

}  // namespace lacuna::sim
