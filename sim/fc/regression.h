// SPDX-License-Identifier: Apache-2.0
// Random layers of odd sizes on every small configuration: stalls, resets in mid-run, masks of
// every sparsity.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "golden/bundle.h"
#include "sim/fc/configuration.h"
#include "sim/fc/platform.h"
#include "sim/fc/workload.h"
#include "sim/regress/regression.h"

namespace lacuna::sim {

/// One drawn case, everything that it takes to run it again.
struct FcCase {
  std::string name;  ///< e.g. "fc.small.seed7.case3.inputs17.outputs9"
  std::string configuration;
  std::uint64_t seed = 0;
  int inputs = 0, outputs = 0;
};

/// Draws case number `index` of a seed; the sizes stay within what the configuration takes.
FcCase draw_fc_case(std::uint64_t seed, int index);

/// The layer and the images of a case: among the runs one of a single image, one of zeros, one cut
/// by a reset.
golden::FcLayer draw_layer(const FcCase& which);
FcWorkload draw_workload(const FcCase& which, const golden::FcLayer& layer);

/// Runs case number `index` at stalls 0, 25, 50 and 75 %: activations equal golden in each, cycles
/// equal the model without stalls.
RegressionOutcome run_fc_case(std::uint64_t seed, int index);

}  // namespace lacuna::sim
