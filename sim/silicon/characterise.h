// SPDX-License-Identifier: Apache-2.0
// The fast tier from the real one: energies of an engine's events, so that they sum up to what its
// gates took in workloads drawn for it (docs/energy.md).
#pragma once

#include "sim/energy/gate_table.h"
#include "sim/silicon/silicon.h"

namespace lacuna::sim {

/// A run of gates.
struct CharacterisedRun {
  GateEvents events;
  double joule = 0;
};

/// Energies of events, none below 0, with the least sum of squares of relative errors: the best of
/// the solutions over all sets of events that may be above 0.
GateTableEntry fit(const std::vector<CharacterisedRun>& runs);

/// @throws Error for a part; CheckFailed when gates differ from golden.
GateTableEntry characterise(const SiliconDesign& design, const Library& library,
                            const Technology& technology, const SiliconOptions& options);

}  // namespace lacuna::sim
