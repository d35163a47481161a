// SPDX-License-Identifier: Apache-2.0
// The named configurations of the recurrent engine (sim/lstm/configurations.json): each is
// verilated once, by the build.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "golden/bundle.h"
#include "golden/lstm_engine.h"
#include "sim/lstm/engine_model.h"

namespace lacuna::sim {

struct LstmConfiguration {
  std::string name;
  golden::LstmEngine engine;
  /// A new instance of the RTL, or of its gates; `seed` fills the registers that have no reset.
  std::function<std::unique_ptr<LstmModel>(std::uint64_t seed)> make;
};

const std::vector<LstmConfiguration>& lstm_configurations();

/// @throws Error listing the names when there is none of this name.
const LstmConfiguration& lstm_configuration(const std::string& name);

/// The configurations at the papers' bandwidth of 192 weight bits a cycle that can run every layer
/// of a bundle, widest weight format first, one a format; the last one is the bundle's own.
std::vector<LstmConfiguration> configurations_for(const golden::Bundle& bundle);

/// The configuration that differs only in SkipZeros. @throws Error when none is built.
const LstmConfiguration& dense_twin(const LstmConfiguration& sparse);

}  // namespace lacuna::sim
