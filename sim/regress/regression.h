// SPDX-License-Identifier: Apache-2.0
// Random layers of odd sizes on every small configuration: stalls, resets in mid-sequence, lengths,
// initial states, batches.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "golden/bundle.h"
#include "sim/lstm/configuration.h"
#include "sim/lstm/platform.h"
#include "sim/lstm/workload.h"

namespace lacuna::sim {

/// One drawn case, everything that it takes to run it again.
struct RegressionCase {
  std::string name;  ///< e.g. "lstm.small.seed7.units17.inputs9.batch3"
  std::string configuration;
  std::uint64_t seed = 0;
  int units = 0, inputs = 0, streams = 0, latency = 1, jitter = 0;
};

/// How it went; an empty `failure` is a pass.
struct RegressionOutcome {
  RegressionCase which;
  std::string failure;
  std::uint64_t vectors = 0, cycles = 0;
  double seconds = 0;
};

/// Draws case number `index` of a seed; the sizes stay within what the configuration takes.
RegressionCase draw_case(std::uint64_t seed, int index);

/// The layer and the sequences of a case: among them one of length 1, one without any non-zero
/// input, one with an initial state, one of one-hot symbols or dense vectors, and one cut by a
/// reset.
golden::LstmLayer draw_layer(const RegressionCase& which);
LstmWorkload draw_workload(const RegressionCase& which, const golden::LstmLayer& layer);

/// Runs a case at stalls 0, 25, 50 and 75 %: states equal golden in each, cycles equal the model
/// without stalls.
RegressionOutcome run_case(const RegressionCase& which);

/// JUnit's XML, one test case an outcome.
std::string to_junit(const std::vector<RegressionOutcome>& outcomes);

}  // namespace lacuna::sim
