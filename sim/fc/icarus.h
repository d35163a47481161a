// SPDX-License-Identifier: Apache-2.0
// The same RTL and vectors on Icarus Verilog (tb/fc/lac_fc_tb.v): a second simulator's opinion,
// slow.
#pragma once

#include "sim/fc/platform.h"

namespace lacuna::sim {

/// Compiles the configuration for the workload and runs it in a temporary folder. Honours stall and
/// seed.
/// @throws Error when iverilog or vvp is missing or refuses; CheckFailed when the engine is stuck
/// or leaves input over.
FcRunResult run_icarus(const FcConfiguration& configuration, const FcWorkload& workload,
                       const FcPlatformOptions& options);

}  // namespace lacuna::sim
