// SPDX-License-Identifier: Apache-2.0
// Cases that the tests of the platform share.
#pragma once

#include <gtest/gtest.h>

#include <ostream>
#include <string>

#include "sim/fc/regression.h"

namespace lacuna::sim {

struct FcSizes {
  const char* configuration;
  int inputs, outputs;
};

/// Sizes that fill neither beats nor groups nor the engine, and those that do.
inline constexpr FcSizes kOddFcSizes[] = {
    {"small_int12", 1, 1},      {"small_int12", 71, 23},       {"small_int12", 128, 24},
    {"small_int8", 31, 5},      {"small_int8", 32, 8},         {"small_int8", 3, 7},
    {"small_ternary", 9, 11},   {"small_ternary", 64, 12},     {"small_ternary", 61, 3},
    {"small_binary", 5, 6},     {"small_binary", 33, 4},       {"small_binary", 64, 6},
    {"small_skip", 1, 1},       {"small_skip", 127, 29},       {"small_skip", 128, 32},
    {"small_skip", 9, 3},       {"small_skip_binary", 63, 20}, {"small_skip_binary", 64, 7},
    {"small_dense", 13, 9},     {"small_dense", 64, 16},       {"small_radix", 1, 1},
    {"small_radix", 43, 11},    {"small_radix", 44, 12},       {"small_radix_int12", 30, 8},
    {"small_radix_int12", 7, 3}};

inline std::ostream& operator<<(std::ostream& out, const FcSizes& of) {
  return out << of.configuration << "_inputs" << of.inputs << "_outputs" << of.outputs;
}

/// Name of a case, for INSTANTIATE_TEST_SUITE_P.
inline std::string fc_sizes_name(const testing::TestParamInfo<FcSizes>& info) {
  return testing::PrintToString(info.param);
}

inline FcCase make_fc_case(const std::string& configuration, std::uint64_t seed, int inputs,
                           int outputs) {
  return {configuration, configuration, seed, inputs, outputs};
}

/// Runs of a case without the one that is cut by a reset.
inline FcWorkload whole_runs(const FcCase& which, const golden::FcLayer& layer) {
  FcWorkload workload = draw_workload(which, layer);
  for (std::size_t at = workload.runs.size(); at-- > 0;) {
    if (workload.runs[at].reset_after != 0)
      workload.runs.erase(workload.runs.begin() + static_cast<std::ptrdiff_t>(at));
  }
  return workload;
}

}  // namespace lacuna::sim
