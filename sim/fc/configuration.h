// SPDX-License-Identifier: Apache-2.0
// The named configurations of the fully-connected engine (sim/fc/configurations.json): each is
// verilated once, by the build.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "golden/bundle.h"
#include "golden/fc/fc_engine.h"
#include "sim/fc/engine_model.h"

namespace lacuna::sim {

struct FcConfiguration {
  std::string name;
  golden::FcEngine engine;
  /// A new instance of the RTL, or of its gates; `seed` fills the registers that have no reset.
  std::function<std::unique_ptr<FcModel>(std::uint64_t seed)> make;
  /// The same in wrappers that flip bits (docs/faults.md); not every configuration has one.
  std::function<std::unique_ptr<FcModel>(std::uint64_t seed)> make_faulty;
};

const std::vector<FcConfiguration>& fc_configurations();

/// @throws Error listing the names when there is none of this name.
const FcConfiguration& fc_configuration(const std::string& name);

/// Why the engine cannot run the layer; empty when it can.
std::string misfit(const golden::FcLayer& layer, const golden::FcEngine& engine);

/// What kind of engine a layer is run on.
enum class FcKind {
  kDense,    ///< no mask: every connection takes a cycle and a weight
  kMasked,   ///< P5: missing connections take no weight
  kSkip,     ///< ours: nor a cycle
  kParallel  ///< no mask: all connections in one cycle, a multiplier each
};

FcKind kind_of(const golden::FcEngine& engine);

/// Whether a configuration of the kind can run the layer.
bool fits(const golden::FcLayer& layer, FcKind kind);

/// The smallest configuration of the kind that can run the layer. @throws Error when none can.
const FcConfiguration& fc_configuration_for(const golden::FcLayer& layer, FcKind kind);

}  // namespace lacuna::sim
