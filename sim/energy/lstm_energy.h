// SPDX-License-Identifier: Apache-2.0
// Energy of a run of the recurrent engine: events that the RTL's run counted x a technology table
// (docs/energy.md).
#pragma once

#include "sim/energy/account.h"
#include "sim/network/cosim.h"

namespace lacuna::sim {

/// Sums over all layers of the run.
EngineEnergy lstm_energy(const CosimResult& result, const Technology& technology);

}  // namespace lacuna::sim
