// SPDX-License-Identifier: Apache-2.0
// Runs the layers of a fully-connected bundle in RTL, in a chain, and compares each with golden and
// cycle model.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "golden/bundle.h"
#include "sim/fc/configuration.h"
#include "sim/fc/platform.h"
#include "sim/network/network_input.h"
#include "sim/network/simulator.h"

namespace lacuna::sim {

/// Whether cosimulate_fc runs the bundle.
bool is_fully_connected(const golden::Bundle& bundle);

/// Whether every layer of the bundle has a configuration of the kind.
bool fits(const golden::Bundle& bundle, FcKind kind);

/// The fastest kind of engine that every layer of the bundle fits.
FcKind fastest_kind(const golden::Bundle& bundle);

struct FcCosimOptions {
  Simulator simulator = Simulator::kVerilator;
  FcKind kind = FcKind::kMasked;
  /// One for all layers or one a layer; those of `kind` if empty.
  std::vector<FcConfiguration> configurations;
  FcPlatformOptions platform;
};

/// One layer's part of a run.
struct FcLayerResult {
  std::string name, configuration;
  int inputs = 0, outputs = 0;
  golden::FcEngine engine;
  FcLayerRun run;
  std::uint64_t images = 0;
  std::uint64_t connections = 0;  ///< that exist
  std::uint64_t weight_bits = 0;  ///< stored for them on this engine
  std::uint64_t words = 0;        ///< of weight memory that all groups read, an image
  int depth = 0;                  ///< of the largest neuron's weight memory on this engine, words

  /// Cycles in which the engine took inputs; the others it waits, for its neighbours too.
  std::uint64_t taken() const { return run.cycles()[kFcTaken]; }
  /// Products that the engine computed, by its unused neurons too.
  std::uint64_t macs() const;
  /// Cycles that as many multipliers as outputs cannot do without: existing connections x images /
  /// outputs.
  double roofline() const;
};

struct FcCosimResult {
  std::string input;
  Simulator simulator = Simulator::kVerilator;
  std::uint64_t seed = 0, images = 0;
  bool chained = false;  ///< all layers at once; else one after the other
  std::vector<FcLayerResult> layers;
  std::uint64_t cycles = 0, cycles_model = 0;
  bool cycles_checked = false;  ///< no stalls: cycles must equal the model's
  std::uint64_t clocks = 0;     ///< simulated, reset and writes of memories included
  double seconds = 0;           ///< of simulation
  bool mismatch = false;        ///< an activation differs from golden's
  /// The first difference from golden or from the cycle model, as a line; empty when there is none.
  std::string difference;

  double roofline() const;  ///< of the slowest layer where they are chained, else of all
  double utilisation() const { return roofline() / static_cast<double>(cycles); }
  std::uint64_t vectors() const;
  double kilocycles_per_second() const;
};

/// In SystemC all layers at once, each on an engine of its own; on Icarus one after the other, and
/// none after a difference.
/// @throws Error when the input or the network does not fit the configurations.
FcCosimResult cosimulate_fc(const golden::Bundle& bundle, const NetworkInput& input,
                            const FcCosimOptions& options);

/// The fields of lacuna.cosim/1 but bundle and schema.
nlohmann::ordered_json to_json(const FcCosimResult& result);

/// What a terminal shows, 80 columns.
std::string to_table(const FcCosimResult& result);

}  // namespace lacuna::sim
