// SPDX-License-Identifier: Apache-2.0
// Random layers of odd sizes on every small configuration: stalls, resets in mid-sequence, lengths,
// initial states, batches.
#pragma once

#include <cstdint>
#include <string>

#include "golden/bundle.h"
#include "sim/lstm/configuration.h"
#include "sim/lstm/platform.h"
#include "sim/lstm/workload.h"
#include "sim/regress/regression.h"

namespace lacuna::sim {

/// One drawn case, everything that it takes to run it again.
struct LstmCase {
  std::string name;  ///< e.g. "lstm.small.seed7.units17.inputs9.batch3"
  std::string configuration;
  std::uint64_t seed = 0;
  int units = 0, inputs = 0, streams = 0, latency = 1, jitter = 0;
};

/// Draws case number `index` of a seed; the sizes stay within what the configuration takes.
LstmCase draw_case(std::uint64_t seed, int index);

/// The layer and the sequences of a case: among them one of length 1, one without any non-zero
/// input, one with an initial state, one of one-hot symbols or dense vectors, and one cut by a
/// reset.
golden::LstmLayer draw_layer(const LstmCase& which);
LstmWorkload draw_workload(const LstmCase& which, const golden::LstmLayer& layer);

/// Runs case number `index` at stalls 0, 25, 50 and 75 %: states equal golden in each, cycles equal
/// the model without stalls.
RegressionOutcome run_lstm_case(std::uint64_t seed, int index);

}  // namespace lacuna::sim
