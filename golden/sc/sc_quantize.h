// SPDX-License-Identifier: Apache-2.0
// From a trained network of stochastic streams to a bundle of ScLayers (docs/sc.md): weights become
// codes, and the counters get as many states as the measured variance asks for.
#pragma once

#include <cstdint>
#include <vector>

#include "golden/bundle.h"
#include "golden/sc/float_sc.h"

namespace lacuna::golden {

/// Quantises. Weights become weight_code(w). A layer's counters get 2 round(gain m v) states, v
/// being the variance of a cycle's sum, mean over neurons and images, in the network of the codes:
/// P6 fits the states by simulation, this is the law that the fit follows.
/// @param images 0..127, index [image * inputs + input], real ones that the network is made for
/// @return layers "sc0", "sc1", ...; the facts have `counters`, of each layer but the last `layer`,
///         `gain`, `variance` (v), `states`
/// @throws Error naming the layer: sizes that do not fit, weights outside -1..1, states outside
///         2..kMaxCounterStates.
Bundle quantize(const FloatScNetwork& network, const std::vector<std::int8_t>& images);

}  // namespace lacuna::golden
