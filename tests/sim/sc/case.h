// SPDX-License-Identifier: Apache-2.0
// Cases that the tests of the stochastic platform share.
#pragma once

#include <string>

#include "sim/sc/regression.h"

namespace lacuna::sim {

inline ScCase make_sc_case(const std::string& configuration, std::uint64_t seed, int length,
                           int states) {
  return {configuration + ", length " + std::to_string(length), configuration, seed, length,
          states};
}

/// Runs of a case without the one that is cut by a reset.
inline ScWorkload whole_runs(const ScCase& which, const golden::Bundle& bundle) {
  ScWorkload workload = draw_workload(which, bundle);
  for (std::size_t at = workload.runs.size(); at-- > 0;) {
    if (workload.runs[at].reset_after != 0)
      workload.runs.erase(workload.runs.begin() + static_cast<std::ptrdiff_t>(at));
  }
  return workload;
}

}  // namespace lacuna::sim
