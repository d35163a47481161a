// SPDX-License-Identifier: Apache-2.0
// The same RTL and vectors on Icarus Verilog (tb/sc/lac_integral_dnn_tb.v): a second simulator's
// opinion, slow.
#pragma once

#include "sim/sc/platform.h"

namespace lacuna::sim {

/// Compiles the configuration for the workload and runs it in a temporary folder. Honours stall and
/// seed.
/// @throws Error when iverilog or vvp is missing or refuses; CheckFailed when the engine is stuck
/// or leaves input over.
ScRunResult run_icarus(const ScConfiguration& configuration, const ScWorkload& workload,
                       const ScPlatformOptions& options);

}  // namespace lacuna::sim
