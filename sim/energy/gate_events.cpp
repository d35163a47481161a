// SPDX-License-Identifier: Apache-2.0
#include "sim/energy/gate_events.h"

namespace lacuna::sim {

GateEvents gate_events(const CosimResult& result) {
  double words = 0, nonzero = 0, states = 0;
  for (const LayerResult& layer : result.layers) {
    words += static_cast<double>(layer.run.words);
    nonzero += static_cast<double>(layer.events.macs_nonzero) /
               static_cast<double>(layer.engine.lanes * layer.engine.batch);
    states += static_cast<double>(layer.steps) * layer.units * layer.engine.batch;
  }
  return {{"cycle", static_cast<double>(result.cycles())},
          {"word of weights", words},
          {"word's products with values that are not zero", nonzero},
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
