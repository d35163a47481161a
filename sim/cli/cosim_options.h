// SPDX-License-Identifier: Apache-2.0
// The options that every verb with a simulation shares.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "sim/network/cosim.h"
#include "sim/network/network_input.h"

namespace lacuna::cli {

/// What --input takes.
inline constexpr const char* kInputHelp =
    "Text, .npy array or MNIST images; random from the seed if not given";

struct SimulationOptions {
  sim::InputRequest input;
  sim::CosimOptions cosim;
  std::vector<std::string> names;  ///< of configurations; the bundle's own if empty
  std::string simulator = "verilator";

  /// Adds --steps, --batch, --seed, --config and --latency; this object must live until the verb
  /// has run.
  void add_to(CLI::App& verb);
  /// Takes over what CLI11 stored, and for each bundle which engine runs it. @throws Error for a
  /// value that makes no sense.
  void finish(const golden::Bundle& bundle);
  /// The configurations that were asked for, or all that can run the bundle.
  std::vector<sim::LstmConfiguration> configurations(const golden::Bundle& bundle) const;
};

}  // namespace lacuna::cli
