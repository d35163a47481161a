// SPDX-License-Identifier: Apache-2.0
// A second simulator on the same RTL and vectors: the same bits and sums, the same cycles.
#include "sim/sc/icarus.h"

#include <gtest/gtest.h>

#include "golden/error.h"
#include "sim/network/sc_cosim.h"
#include "tests/sim/sc/case.h"

namespace lacuna::sim {
namespace {

/// A case of the regression: a run of one image, one of zeros, one of four images.
struct Played {
  explicit Played(const std::string& name, int length = 40, int states = 14)
      : configuration(sc_configuration(name)), which(make_sc_case(name, 1, length, states)) {}

  const ScConfiguration& configuration;
  ScCase which;
  golden::Bundle bundle = draw_network(which);
  ScWorkload workload = whole_runs(which, bundle);
};

class ScIcarusEngines : public testing::TestWithParam<const char*> {};

INSTANTIATE_TEST_SUITE_P(ScIcarus, ScIcarusEngines,
                         testing::Values("small_m1", "small_m2", "small_m3", "small_m4",
                                         "small_bipolar", "small_bipolar_m3", "small_folded_m1",
                                         "small_folded_m2", "small_folded_m3", "small_folded_m4"),
                         [](const auto& name) { return std::string(name.param); });

TEST_P(ScIcarusEngines, AgreesWithGoldenAndVerilator) {
  const Played played(GetParam());
  const ScRunResult icarus = run_icarus(played.configuration, played.workload, {});
  const ScRunResult verilator = run_platform(played.configuration, played.workload, {});
  ASSERT_FALSE(icarus.mismatch) << icarus.mismatch->str();
  EXPECT_EQ(icarus.images_compared, played.workload.images());
  EXPECT_EQ(icarus.bits_compared, verilator.bits_compared);
  EXPECT_EQ(cycle_difference(played.workload, icarus), "");
  ASSERT_EQ(icarus.runs.size(), verilator.runs.size());
  for (std::size_t run = 0; run < icarus.runs.size(); ++run) {
    EXPECT_EQ(icarus.runs[run].cycles, verilator.runs[run].cycles);
    EXPECT_EQ(icarus.runs[run].out, verilator.runs[run].out);
  }
}

TEST_P(ScIcarusEngines, StallsChangeNoBit) {
  const Played played(GetParam());
  ScPlatformOptions options;
  options.stall = 0.9;
  const ScRunResult result = run_icarus(played.configuration, played.workload, options);
  EXPECT_FALSE(result.mismatch) << result.mismatch->str();
  EXPECT_EQ(result.images_compared, played.workload.images());
  EXPECT_GT(result.total(), model_cycles(played.workload));
}

TEST(ScIcarus, FlippedBitsOfGoldenAreNamed) {
  Played stream("small_m2");
  stream.workload.runs[2].expected[1].streams[1][17 * 13 + 4] ^= 1;
  const ScRunResult bit = run_icarus(stream.configuration, stream.workload, {});
  ASSERT_TRUE(bit.mismatch);
  EXPECT_EQ(bit.mismatch->what, "stream 2");
  EXPECT_EQ(bit.mismatch->image, 1U);
  EXPECT_EQ(bit.mismatch->cycle, 17U);
  EXPECT_EQ(bit.mismatch->neuron, 4U);

  Played sums("small_bipolar");
  sums.workload.runs[2].expected[3].sums[2] ^= 1;
  const ScRunResult sum = run_icarus(sums.configuration, sums.workload, {});
  ASSERT_TRUE(sum.mismatch);
  EXPECT_EQ(sum.mismatch->what, "y");
  EXPECT_EQ(sum.mismatch->image, 3U);
  EXPECT_EQ(sum.mismatch->neuron, 2U);
}

TEST(ScIcarus, CycleThatTheModelHasNotIsNamed) {
  Played played("small_m4");
  ++played.workload.runs[2].out[3];
  const ScRunResult result = run_icarus(played.configuration, played.workload, {});
  EXPECT_NE(cycle_difference(played.workload, result).find("run 2, image 3"), std::string::npos);
}

TEST(ScIcarus, RefusesWhatItCannotPlay) {
  Played played("small_m4");
  ScPlatformOptions waves;
  waves.wave = "waves.fst";
  EXPECT_THROW(run_icarus(played.configuration, played.workload, waves), Error);
  played.workload.runs[0].x.pop_back();
  EXPECT_THROW(run_icarus(played.configuration, played.workload, {}), CheckFailed) << "waits for x";
  played.workload.runs[0].reset_after = 9;
  EXPECT_THROW(run_icarus(played.configuration, played.workload, {}), Error);
}

TEST(ScIcarus, RunsWholeBundles) {
  for (const char* name : {"small_m3", "small_bipolar"}) {
    SCOPED_TRACE(name);
    const auto bundle = draw_network(make_sc_case(name, 2, 30, 12));
    InputRequest request;
    request.streams = 3;
    const NetworkInput input = read_network_input(bundle, request);
    ScCosimOptions options;
    const ScCosimResult verilator = cosimulate_sc(bundle, input, options);
    options.simulator = Simulator::kIcarus;
    const ScCosimResult icarus = cosimulate_sc(bundle, input, options);
    EXPECT_EQ(icarus.difference, "");
    EXPECT_EQ(icarus.run.images_compared, 3U);
    EXPECT_EQ(icarus.run.total(), verilator.run.total());
    EXPECT_EQ(icarus.latency(), verilator.latency());
    EXPECT_EQ(to_json(icarus).at("simulator"), "icarus");
    EXPECT_EQ(to_json(verilator).at("simulator"), "verilator");
  }
}

}  // namespace
}  // namespace lacuna::sim
