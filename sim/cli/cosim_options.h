// SPDX-License-Identifier: Apache-2.0
// The options that every verb with a simulation shares.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "sim/network/cosim.h"
#include "sim/network/network_input.h"

namespace lacuna::cli {

struct SimulationOptions {
  sim::InputRequest input;
  sim::CosimOptions cosim;
  std::string configuration = "reference", simulator = "verilator";

  /// Adds --input, --steps, --batch, --seed, --config and --latency; this object must live until
  /// the verb has run.
  void add_to(CLI::App& verb);
  /// Takes over what CLI11 stored. @throws Error for a value that makes no sense.
  void finish();
};

}  // namespace lacuna::cli
