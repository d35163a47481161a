// SPDX-License-Identifier: Apache-2.0
// Cases that the tests of the platform share.
#pragma once

#include "sim/regress/regression.h"

namespace lacuna::sim {

inline RegressionCase make_case(const std::string& configuration, std::uint64_t seed, int units,
                                int inputs, int streams, int latency = 1) {
  RegressionCase which;
  which.name = configuration;
  which.configuration = configuration;
  which.seed = seed;
  which.units = units;
  which.inputs = inputs;
  which.streams = streams;
  which.latency = latency;
  return which;
}

/// Sequences of a case without the one that is cut by a reset.
inline LstmWorkload whole_sequences(const RegressionCase& which, const golden::LstmLayer& layer) {
  LstmWorkload workload = draw_workload(which, layer);
  auto& sequences = workload.sequences;
  for (std::size_t at = sequences.size(); at-- > 0;) {
    if (sequences[at].reset_after != 0)
      sequences.erase(sequences.begin() + static_cast<std::ptrdiff_t>(at));
  }
  return workload;
}

}  // namespace lacuna::sim
