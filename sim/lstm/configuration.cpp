// SPDX-License-Identifier: Apache-2.0
#include "sim/lstm/configuration.h"

#include <algorithm>

#include "golden/error.h"

namespace lacuna::sim {

// The build writes one declaration and one entry a configuration, from the same file that gives
// Verilator its parameters.
#include "lstm_configurations.inc"

const LstmConfiguration& lstm_configuration(const std::string& name) {
  std::string names;
  for (const auto& configuration : lstm_configurations()) {
    if (configuration.name == name) return configuration;
    names += (names.empty() ? "" : ", ") + configuration.name;
  }
  throw Error("configuration '" + name + "'", "is not built", "choose one of " + names);
}

const LstmConfiguration& dense_twin(const LstmConfiguration& sparse) {
  try {
    return lstm_configuration(sparse.name + "_dense");
  } catch (const Error&) {
    throw Error("configuration '" + sparse.name + "'", "has no dense twin",
                "add it to sim/lstm/configurations.json");
  }
}

}  // namespace lacuna::sim
