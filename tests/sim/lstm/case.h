// SPDX-License-Identifier: Apache-2.0
// Cases that the tests of the platform share.
#pragma once

#include <gtest/gtest.h>

#include <ostream>
#include <string>

#include "sim/lstm/regression.h"

namespace lacuna::sim {

struct Sizes {
  const char* configuration;
  int units, inputs, streams, latency;
};

/// Sizes that fill neither lanes nor blocks nor batch.
inline constexpr Sizes kOddSizes[] = {{"small", 1, 1, 1, 1},
                                      {"small", 2, 3, 8, 5},
                                      {"small", 17, 9, 5, 1},
                                      {"small", 61, 100, 8, 33},
                                      {"small_dense", 13, 7, 3, 4},
                                      {"three", 3, 1, 3, 1},
                                      {"three", 50, 29, 2, 12},
                                      {"single", 1, 1, 1, 1},
                                      {"single", 31, 5, 1, 50},
                                      {"reference", 7, 2, 8, 1},
                                      {"reference", 100, 28, 6, 20},
                                      {"reference", 257, 33, 7, 1},
                                      {"reference_dense", 25, 3, 8, 1},
                                      {"small_int12", 37, 11, 2, 9},
                                      {"small_int8", 20, 7, 1, 3},
                                      {"small_ternary", 43, 9, 4, 5},
                                      {"small_binary", 57, 13, 3, 1},
                                      {"small_binary_dense", 12, 5, 2, 7},
                                      {"low_power_int12", 60, 9, 1, 4},
                                      {"low_power_binary", 60, 9, 1, 1},
                                      {"low_power_ternary", 60, 9, 1, 1},
                                      {"high_speed_ternary", 130, 9, 1, 1},
                                      {"high_speed_binary", 260, 9, 1, 3},
                                      {"turns", 1, 1, 1, 1},
                                      {"turns", 45, 13, 2, 3},
                                      {"turns_ternary", 33, 28, 1, 1},
                                      {"turns_ternary", 10, 64, 1, 7},
                                      {"ternary", 75, 6, 8, 1},
                                      {"binary", 101, 6, 8, 2}};

inline std::ostream& operator<<(std::ostream& out, const Sizes& of) {
  return out << of.configuration << "_units" << of.units << "_inputs" << of.inputs << "_streams"
             << of.streams << "_latency" << of.latency;
}

/// Name of a case, for INSTANTIATE_TEST_SUITE_P.
inline std::string sizes_name(const testing::TestParamInfo<Sizes>& info) {
  return testing::PrintToString(info.param);
}

inline LstmCase make_case(const std::string& configuration, std::uint64_t seed, int units,
                          int inputs, int streams, int latency = 1) {
  LstmCase which;
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
inline LstmWorkload whole_sequences(const LstmCase& which, const golden::LstmLayer& layer) {
  LstmWorkload workload = draw_workload(which, layer);
  auto& sequences = workload.sequences;
  for (std::size_t at = sequences.size(); at-- > 0;) {
    if (sequences[at].reset_after != 0)
      sequences.erase(sequences.begin() + static_cast<std::ptrdiff_t>(at));
  }
  return workload;
}

}  // namespace lacuna::sim
