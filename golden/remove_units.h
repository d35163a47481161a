// SPDX-License-Identifier: Apache-2.0
// Cuts units out of a network. Where their states are always zero they never mattered, so the
// smaller network is the honest dense baseline of a pruned one.
#pragma once

#include <string>
#include <vector>

#include "golden/bundle.h"

namespace lacuna::golden {

/// The bundle without the given units of LSTM layer `layer`, nor the weights that read them in that
/// layer and the next. On input on which their states are zero (StateStatistics::dead_units) every
/// other number stays the same.
/// @throws Error when there is no such layer or unit, or no unit would be left.
Bundle without_units(const Bundle& bundle, const std::string& layer, const std::vector<int>& units);

}  // namespace lacuna::golden
