// SPDX-License-Identifier: Apache-2.0
// What a recurrent engine would take with states of 12 bits, as P4's full precision has them: the
// engines have states of 8. By exchange: the engine's processing elements and their sums grow as
// the same element by itself does; all else stays (docs/silicon.md, "Boundaries").
#pragma once

#include <vector>

#include "sim/silicon/silicon.h"

namespace lacuna::sim {

/// The boundaries of `engine`, in their order, with wider states.
/// @throws Error for a design without processing elements.
std::vector<Boundary> with_wide_states(const SiliconResult& engine, const Library& library,
                                       const Technology& technology, const SiliconOptions& options);

}  // namespace lacuna::sim
