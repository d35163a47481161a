// SPDX-License-Identifier: Apache-2.0
// The named configurations of the stochastic engine (sim/sc/configurations.json): each is verilated
// once, by the build.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "golden/bundle.h"
#include "golden/sc/sc_engine.h"
#include "sim/sc/engine_model.h"

namespace lacuna::sim {

struct ScConfiguration {
  std::string name;
  golden::ScEngine engine;
  /// A new instance of the RTL, or of its gates; `seed` fills the registers that have no reset.
  std::function<std::unique_ptr<ScModel>(std::uint64_t seed)> make;
  /// The same in wrappers that flip bits (docs/faults.md); not every configuration has one.
  std::function<std::unique_ptr<ScModel>(std::uint64_t seed)> make_faulty;
};

const std::vector<ScConfiguration>& sc_configurations();

/// @throws Error listing the names when there is none of this name.
const ScConfiguration& sc_configuration(const std::string& name);

/// The configuration of exactly the bundle's sizes: neurons that a network lacks would have no
/// codes. @throws Error when there is none, or the bundle has another number of layers than three.
const ScConfiguration& sc_configuration_for(const golden::Bundle& bundle);

/// Why the engine cannot run the bundle; empty when it can.
std::string misfit(const golden::Bundle& bundle, const golden::ScEngine& engine);

}  // namespace lacuna::sim
