// SPDX-License-Identifier: Apache-2.0
// The same RTL and vectors on Icarus Verilog (tb/lstm/lac_lstm_tb.v): a second simulator's
// opinion, slow.
#pragma once

#include "sim/lstm/platform.h"

namespace lacuna::sim {

/// Compiles the configuration for the workload and runs it in a temporary folder. Honours stall and
/// seed.
/// @throws Error when iverilog or vvp is missing or refuses; CheckFailed when the engine is stuck
/// or leaves input over.
RunResult run_icarus(const LstmConfiguration& configuration, const LstmWorkload& workload,
                     const PlatformOptions& options);

}  // namespace lacuna::sim
