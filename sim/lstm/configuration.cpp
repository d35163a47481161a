// SPDX-License-Identifier: Apache-2.0
#include "sim/lstm/configuration.h"

#include <algorithm>

#include "golden/error.h"

namespace lacuna::sim {
namespace {

constexpr int kPaperBandwidth = 192;  ///< weight bits a cycle (P3)

const LstmConfiguration* at_paper_bandwidth(golden::WeightFormat format, bool cell_norm) {
  for (const LstmConfiguration& known : lstm_configurations()) {
    const golden::LstmEngine& engine = known.engine;
    if (engine.weight_bits == golden::weight_bits(format) && engine.skip_zeros &&
        engine.lanes * engine.weight_bits == kPaperBandwidth && engine.cell_norm == cell_norm) {
      return &known;
    }
  }
  return nullptr;
}

}  // namespace

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

std::vector<LstmConfiguration> configurations_for(const golden::Bundle& bundle) {
  golden::WeightFormat widest = golden::weight_formats().back();
  bool normalised = false;
  for (const auto& layer : bundle.layers) {
    if (const auto* lstm = std::get_if<golden::LstmLayer>(&layer)) {
      widest = std::min(widest, lstm->weight_format);
      normalised = normalised || lstm->cell_norm.has_value();
    }
  }
  std::vector<LstmConfiguration> all;
  for (const golden::WeightFormat format : golden::weight_formats()) {
    if (!golden::holds(format, widest)) continue;
    // An engine without normalised cells is P3's; where there is none, one that has them will do.
    const LstmConfiguration* found = at_paper_bandwidth(format, normalised);
    if (found == nullptr) found = at_paper_bandwidth(format, true);
    if (found == nullptr) {
      throw Error("configurations", "none of " + std::string(golden::name_of(format)) + " weights");
    }
    all.push_back(*found);
  }
  return all;
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
