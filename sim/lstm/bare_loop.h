// SPDX-License-Identifier: Apache-2.0
// The Verilated engine in a plain loop, without SystemC: what the platform's speed is measured
// against.
#pragma once

#include "sim/lstm/platform.h"

namespace lacuna::sim {

/// Same stimulus as run_platform without stalls: every port always willing, memory of the
/// workload's fixed latency. States are compared after the loop, outside the time. Sequences are
/// run whole.
RunResult run_bare_loop(const LstmConfiguration& configuration, const LstmWorkload& workload,
                        std::uint64_t seed);

}  // namespace lacuna::sim
