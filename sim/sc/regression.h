// SPDX-License-Identifier: Apache-2.0
// Random cases of the stochastic engine: each is a configuration, a network and images, all drawn
// from a seed.
#pragma once

#include <cstdint>
#include <string>

#include "golden/bundle.h"
#include "sim/regress/regression.h"
#include "sim/sc/platform.h"

namespace lacuna::sim {

/// One drawn case, everything that it takes to run it again.
struct ScCase {
  std::string name;  ///< e.g. "sc.small_m2.seed7.case3.length40.states10"
  std::string configuration;
  std::uint64_t seed = 0;
  int length = 0, states = 0;
};

/// Draws case number `index` of a seed, of the small configurations in turn.
ScCase draw_sc_case(std::uint64_t seed, int index);

/// The network and the images of a case: among the runs one of a single image, one of zeros, one
/// cut by a reset.
golden::Bundle draw_network(const ScCase& which);
ScWorkload draw_workload(const ScCase& which, const golden::Bundle& bundle);

/// Runs case number `index` at stalls 0, 25, 50 and 75 %: every bit and sum equals golden in each,
/// cycles equal the model without stalls.
RegressionOutcome run_sc_case(std::uint64_t seed, int index);

}  // namespace lacuna::sim
