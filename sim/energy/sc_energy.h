// SPDX-License-Identifier: Apache-2.0
// Energy of a run of the stochastic engine: what it does in the cycles that the RTL's run counted x
// a technology table (docs/energy.md).
#pragma once

#include "sim/energy/account.h"
#include "sim/network/sc_cosim.h"

namespace lacuna::sim {

/// Full adders of a tree that sums `inputs` numbers of -integral..integral, without down-scaling.
double tree_bits(int inputs, int integral);

/// Codes lie in registers, as weights of fixed designs would: there is no memory.
EngineEnergy sc_energy(const ScCosimResult& result, const Technology& technology);

}  // namespace lacuna::sim
