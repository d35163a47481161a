// SPDX-License-Identifier: Apache-2.0
// What an engine did, in the few events by which the energy of its gates is reckoned
// (docs/energy.md, "Characterised from gates").
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "sim/network/cosim.h"
#include "sim/network/fc_cosim.h"
#include "sim/network/sc_cosim.h"

namespace lacuna::sim {

/// Names and counts.
using GateEvents = std::vector<std::pair<std::string, double>>;

/// Cycles, words of weights, products with a value that is not zero, and states.
GateEvents gate_events(const CosimResult& result);

/// Cycles of the chain, words of this layer's weight memories, products of connections that exist,
/// and outputs. Neurons that the layer does not use multiply by 0.
GateEvents gate_events(const FcLayerResult& layer);

/// Cycles, and of these those in which streams run.
GateEvents gate_events(const ScCosimResult& result);

}  // namespace lacuna::sim
