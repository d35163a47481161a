// SPDX-License-Identifier: Apache-2.0
// Energy of a run of the fully-connected engine: events that the RTL's run counted x a technology
// table (docs/energy.md).
#pragma once

#include "sim/energy/account.h"
#include "sim/network/fc_cosim.h"

namespace lacuna::sim {

/// Sums over all layers of the run. Weights lie in the engine: there is no main memory.
EngineEnergy fc_energy(const FcCosimResult& result, const Technology& technology);

}  // namespace lacuna::sim
