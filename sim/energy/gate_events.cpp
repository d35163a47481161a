// SPDX-License-Identifier: Apache-2.0
#include "sim/energy/gate_events.h"

namespace lacuna::sim {

GateEvents gate_events(const CosimResult& result) {
  double words = 0, products = 0, states = 0;
  for (const LayerResult& layer : result.layers) {
    words += static_cast<double>(layer.run.words);
    products += static_cast<double>(layer.events.macs_nonzero);
    states += static_cast<double>(layer.steps) * layer.units * layer.engine.batch;
  }
  return {{"cycle", static_cast<double>(result.cycles())},
          {"word of weights", words},
          {"non-zero product", products},
          {"state", states}};
}

GateEvents gate_events(const FcLayerResult& layer) {
  const auto images = static_cast<double>(layer.images);
  return {{"cycle", static_cast<double>(layer.run.total())},
          {"word of weights", static_cast<double>(layer.words) * images},
          {"product", static_cast<double>(layer.connections) * images},
          {"output", static_cast<double>(layer.outputs) * images}};
}

GateEvents gate_events(const ScCosimResult& result) {
  return {{"cycle", static_cast<double>(result.run.total())},
          {"cycle of streams", static_cast<double>(result.run.cycles()[kScRuns])}};
}

}  // namespace lacuna::sim
