// SPDX-License-Identifier: Apache-2.0
// Runs every LSTM layer of a bundle in RTL, layer by layer, and compares each with golden and cycle
// model.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "golden/bundle.h"
#include "golden/events.h"
#include "sim/lstm/configuration.h"
#include "sim/lstm/platform.h"
#include "sim/network/network_input.h"
#include "sim/network/simulator.h"

namespace lacuna::sim {

struct CosimOptions {
  Simulator simulator = Simulator::kVerilator;
  LstmConfiguration configuration = lstm_configuration("reference");
  int latency = 1;  ///< cycles from a weight command to its first word
  PlatformOptions platform;
};

/// One layer's run.
struct LayerResult {
  std::string name;
  int inputs = 0, units = 0;
  std::uint64_t steps = 0;
  RunResult run;
  golden::CycleCounts model;
  golden::LstmEngine engine;
  double roofline = 0;                                ///< cycles
  std::uint64_t kept_columns = 0, state_columns = 0;  ///< walked, summed over steps; of these, of h
  std::uint64_t zero_states = 0, states = 0;          ///< a sample, not jointly
  golden::LstmEvents events;                          ///< golden's counts
  bool cycles_checked = false;  ///< no stalls and no jitter: cycles must equal the model's

  double utilisation() const;
  /// The first difference from golden or from the cycle model, as a line; empty when there is none.
  std::string difference;
};

struct CosimResult {
  std::string top, configuration, input;
  Simulator simulator = Simulator::kVerilator;
  std::uint64_t seed = 0, steps = 0;
  int streams = 0, latency = 1;
  std::vector<LayerResult> layers;
  std::uint64_t engine_operations = 0;  ///< dense-equivalent, 2 a MAC
  std::uint64_t golden_operations = 0;  ///< of layers without an engine, which run in golden

  std::uint64_t cycles() const;
  std::uint64_t cycles_model() const;
  double roofline() const;
  double utilisation() const { return roofline() / static_cast<double>(cycles()); }
  std::uint64_t vectors() const;
  double kilocycles_per_second() const;
  /// The first difference of any layer; empty when there is none. Layers after it were not run.
  std::string difference() const;
};

/// @throws Error when the input or the network does not fit the configuration.
CosimResult cosimulate(const golden::Bundle& bundle, const NetworkInput& input,
                       const CosimOptions& options);

/// The fields of lacuna.cosim/1 but bundle and schema.
nlohmann::ordered_json to_json(const CosimResult& result);

/// What a terminal shows, 80 columns.
std::string to_table(const CosimResult& result);

}  // namespace lacuna::sim
