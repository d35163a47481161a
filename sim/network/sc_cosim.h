// SPDX-License-Identifier: Apache-2.0
// Runs a stochastic bundle in RTL and compares every bit between its layers, and every sum, with
// golden and cycle model.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "golden/bundle.h"
#include "sim/network/network_input.h"
#include "sim/network/simulator.h"
#include "sim/sc/configuration.h"
#include "sim/sc/platform.h"

namespace lacuna::sim {

/// Whether cosimulate_sc runs the bundle.
bool is_stochastic(const golden::Bundle& bundle);

struct ScCosimOptions {
  Simulator simulator = Simulator::kVerilator;
  std::optional<ScConfiguration> configuration;  ///< that of the bundle's sizes if not given
  ScPlatformOptions platform;                    ///< its seed is also that of the streams
};

struct ScCosimResult {
  std::string input, configuration;
  Simulator simulator = Simulator::kVerilator;
  golden::ScEngine engine;
  int length = 0;
  std::uint64_t seed = 0, images = 0;
  ScRunResult run;
  std::uint64_t cycles_model = 0;
  bool cycles_checked = false;  ///< no stalls: cycles must equal the model's
  /// The first difference from golden or from the cycle model, as a line; empty when there is none.
  std::string difference;

  /// Clock cycles of the first image from that of its first bits to that in which its sums are
  /// taken, both included: measured, without the beats of its pixels. P6: length + 10, by
  /// arithmetic on its table.
  std::uint64_t latency() const;
  /// Cycles that images of `length` bits cannot do without.
  double roofline() const {
    return static_cast<double>(length) * static_cast<double>(images) *
           static_cast<double>(engine.words());
  }
  double utilisation() const { return roofline() / static_cast<double>(run.total()); }
  double kilocycles_per_second() const;
};

/// @throws Error when the input or the network does not fit the configuration.
ScCosimResult cosimulate_sc(const golden::Bundle& bundle, const NetworkInput& input,
                            const ScCosimOptions& options);

/// The fields of lacuna.cosim/1 but bundle and schema.
nlohmann::ordered_json to_json(const ScCosimResult& result);

/// What a terminal shows, 80 columns.
std::string to_table(const ScCosimResult& result);

}  // namespace lacuna::sim
