// SPDX-License-Identifier: Apache-2.0
#include "sim/sc/configuration.h"

#include <fmt/format.h>

#include "golden/error.h"

namespace lacuna::sim {

// The build writes one declaration and one entry a configuration, from the same file that gives
// Verilator its parameters.
#include "sc_configurations.inc"

const ScConfiguration& sc_configuration(const std::string& name) {
  std::string names;
  for (const auto& configuration : sc_configurations()) {
    if (configuration.name == name) return configuration;
    names += (names.empty() ? "" : ", ") + configuration.name;
  }
  throw Error("configuration '" + name + "'", "is not built", "choose one of " + names);
}

std::string misfit(const golden::Bundle& bundle, const golden::ScEngine& engine) {
  constexpr std::size_t kLayers = 3;
  if (bundle.layers.size() != kLayers) {
    return fmt::format("{} layers, the engine has {}", bundle.layers.size(), kLayers);
  }
  const int sizes[] = {engine.inputs, engine.hidden1, engine.hidden2, engine.outputs};
  for (std::size_t at = 0; at < kLayers; ++at) {
    const auto* layer = std::get_if<golden::ScLayer>(&bundle.layers[at]);
    if (layer == nullptr) return "a layer that is not stochastic";
    if (layer->inputs != sizes[at] || layer->outputs != sizes[at + 1]) {
      return fmt::format("layer {} of {} x {}, the engine's is {} x {}", layer->name, layer->inputs,
                         layer->outputs, sizes[at], sizes[at + 1]);
    }
    if (layer->bipolar != engine.bipolar) {
      const auto read = [](bool bipolar) { return bipolar ? "-1 and 1" : "0 and 1"; };
      return fmt::format("bits that stand for {}, the engine's stand for {}", read(layer->bipolar),
                         read(engine.bipolar));
    }
    if (layer->integral != engine.integral) {
      return fmt::format("weights of {} streams, the engine's have {}", layer->integral,
                         engine.integral);
    }
  }
  return {};
}

const ScConfiguration& sc_configuration_for(const golden::Bundle& bundle) {
  std::string why;
  for (const ScConfiguration& known : sc_configurations()) {
    const std::string reason = misfit(bundle, known.engine);
    if (reason.empty()) return known;
    why = known.name + ": " + reason;
  }
  throw Error("bundle", "fits no configuration of the engine; " + why,
              "add one to sim/sc/configurations.json");
}

}  // namespace lacuna::sim
