// SPDX-License-Identifier: Apache-2.0
#include "sim/fc/configuration.h"

#include <fmt/format.h>

#include <algorithm>

#include "golden/error.h"

namespace lacuna::sim {
namespace {

/// Multipliers times bits of a weight: what a configuration costs.
int size_of(const golden::FcEngine& engine) { return engine.outputs * engine.weight_bits; }

}  // namespace

FcKind kind_of(const golden::FcEngine& engine) {
  if (engine.parallel()) return FcKind::kParallel;
  if (!engine.masked) return FcKind::kDense;
  return engine.skip ? FcKind::kSkip : FcKind::kMasked;
}

// The build writes one declaration and one entry a configuration, from the same file that gives
// Verilator its parameters.
#include "fc_configurations.inc"

const FcConfiguration& fc_configuration(const std::string& name) {
  std::string names;
  for (const auto& configuration : fc_configurations()) {
    if (configuration.name == name) return configuration;
    names += (names.empty() ? "" : ", ") + configuration.name;
  }
  throw Error("configuration '" + name + "'", "is not built", "choose one of " + names);
}

std::string misfit(const golden::FcLayer& layer, const golden::FcEngine& engine) {
  const auto format = golden::weight_format_of_bits(engine.weight_bits);
  if (!golden::holds(format, layer.weight_format)) {
    return fmt::format("weights are {}, the engine's {}", golden::name_of(layer.weight_format),
                       golden::name_of(format));
  }
  if (layer.inputs > 1 << engine.index_bits) {
    return fmt::format("{} inputs, the engine takes {}", layer.inputs, 1 << engine.index_bits);
  }
  if (layer.outputs > engine.outputs) {
    return fmt::format("{} outputs, the engine has {}", layer.outputs, engine.outputs);
  }
  if (!engine.masked && layer.mask && !golden::holds(format, 0)) {
    return fmt::format("missing connections, for which {} weights have no 0",
                       golden::name_of(format));
  }
  if (engine.masked && layer.mask) {
    const golden::ConnectionMask& mask = *layer.mask;
    if (mask.bits != engine.lfsr_bits ||
        (mask.kind == golden::LfsrKind::kAllStates) != engine.all_states) {
      return fmt::format("a mask of {} bits, {}; the engine's has {}, {}", mask.bits,
                         golden::name_of(mask.kind), engine.lfsr_bits,
                         golden::name_of(engine.all_states ? golden::LfsrKind::kAllStates
                                                           : golden::LfsrKind::kPlain));
    }
    // Output o is of the layer's group o mod its groups, and of the engine's o mod its.
    if (layer.outputs > engine.groups && engine.groups % mask.groups != 0) {
      return fmt::format("{} mask groups, the engine has {}", mask.groups, engine.groups);
    }
  }
  // These walk the layer's masks: last, because most configurations are refused before.
  const int depth = engine.masked ? layer.memory_depth() : layer.inputs;
  if (depth > engine.depth) {
    return fmt::format("{} weights a neuron, the engine's memory holds {}", depth, engine.depth);
  }
  if (layer.accumulator_bits() > engine.acc_width) {
    return fmt::format("sums of {} bits, the engine's have {}", layer.accumulator_bits(),
                       engine.acc_width);
  }
  return {};
}

namespace {

/// The smallest configuration of the kind that can run the layer; if there is none, `why` says of
/// one what it lacks.
const FcConfiguration* smallest(const golden::FcLayer& layer, FcKind kind, std::string& why) {
  const FcConfiguration* best = nullptr;
  for (const FcConfiguration& known : fc_configurations()) {
    if (kind_of(known.engine) != kind) continue;
    if (best != nullptr && size_of(known.engine) >= size_of(best->engine)) continue;
    const std::string reason = misfit(layer, known.engine);
    if (reason.empty()) {
      best = &known;
    } else {
      why = known.name + ": " + reason;
    }
  }
  return best;
}

}  // namespace

bool fits(const golden::FcLayer& layer, FcKind kind) {
  std::string why;
  return smallest(layer, kind, why) != nullptr;
}

const FcConfiguration& fc_configuration_for(const golden::FcLayer& layer, FcKind kind) {
  std::string why;
  const FcConfiguration* found = smallest(layer, kind, why);
  if (found == nullptr) {
    throw Error("layer " + layer.name, "fits no configuration of the engine; " + why,
                "add one to sim/fc/configurations.json");
  }
  return *found;
}

}  // namespace lacuna::sim
