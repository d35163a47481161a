// SPDX-License-Identifier: Apache-2.0
// A second simulator on the same RTL and vectors: the same activations, the same cycles.
#include "sim/fc/icarus.h"

#include <gtest/gtest.h>

#include "golden/error.h"
#include "sim/network/fc_cosim.h"
#include "tests/golden/fc/random_fc.h"
#include "tests/sim/fc/case.h"

namespace lacuna::sim {
namespace {

class FcIcarusSizes : public testing::TestWithParam<FcSizes> {};

TEST_P(FcIcarusSizes, AgreesWithGoldenAndVerilator) {
  const FcSizes& sizes = GetParam();
  const FcCase which = make_fc_case(sizes.configuration, 3, sizes.inputs, sizes.outputs);
  const auto layer = draw_layer(which);
  const auto workload = whole_runs(which, layer);
  const auto& configuration = fc_configuration(which.configuration);
  const FcRunResult icarus = run_icarus(configuration, workload, {});
  const FcRunResult verilator = run_platform({configuration}, workload, {});
  ASSERT_FALSE(icarus.mismatch) << icarus.mismatch->str();
  EXPECT_EQ(icarus.layers[0].images_compared, workload.images());
  EXPECT_EQ(cycle_difference(workload, icarus), "");
  EXPECT_EQ(icarus.total(), model_cycles(workload));
  ASSERT_EQ(icarus.layers[0].runs.size(), verilator.layers[0].runs.size());
  for (std::size_t run = 0; run < icarus.layers[0].runs.size(); ++run) {
    EXPECT_EQ(icarus.layers[0].runs[run].cycles, verilator.layers[0].runs[run].cycles);
    EXPECT_EQ(icarus.layers[0].runs[run].out, verilator.layers[0].runs[run].out);
  }
}

INSTANTIATE_TEST_SUITE_P(FcIcarus, FcIcarusSizes, testing::ValuesIn(kOddFcSizes), fc_sizes_name);

/// A case of the regression: a run of one image, one of zeros, one of five images.
struct Played {
  explicit Played(const std::string& name)
      : configuration(fc_configuration(name)), which(make_fc_case(name, 1, 20, 7)) {}

  const FcConfiguration& configuration;
  FcCase which;
  golden::FcLayer layer = draw_layer(which);
  FcWorkload workload = whole_runs(which, layer);
};

TEST(FcIcarus, StallsChangeNoActivation) {
  for (const char* name : {"small_int8", "small_skip"}) {
    SCOPED_TRACE(name);
    const Played played(name);
    FcPlatformOptions options;
    options.stall = 0.5;
    const FcRunResult result = run_icarus(played.configuration, played.workload, options);
    EXPECT_FALSE(result.mismatch) << result.mismatch->str();
    EXPECT_EQ(result.layers[0].images_compared, played.workload.images());
    EXPECT_GT(result.total(), model_cycles(played.workload));
  }
}

TEST(FcIcarus, FlippedBitOfGoldenIsNamed) {
  Played played("small_int8");
  played.workload.runs[2].expected[0][7 * 2 + 5] ^= 1;
  const FcRunResult result = run_icarus(played.configuration, played.workload, {});
  ASSERT_TRUE(result.mismatch);
  EXPECT_EQ(result.mismatch->image, 2U);
  EXPECT_EQ(result.mismatch->output, 5U);
  EXPECT_EQ(result.mismatch->what, "y");
}

TEST(FcIcarus, CycleThatTheModelHasNotIsNamed) {
  Played played("small_skip");
  ++played.workload.runs[2].cycles[0][3].out;
  const FcRunResult result = run_icarus(played.configuration, played.workload, {});
  EXPECT_NE(cycle_difference(played.workload, result).find("run 2, image 3"), std::string::npos);
}

TEST(FcIcarus, RefusesWhatItCannotPlay) {
  Played played("small_int8");
  FcPlatformOptions waves;
  waves.wave = "waves.fst";
  EXPECT_THROW(run_icarus(played.configuration, played.workload, waves), Error);
  played.workload.runs[0].reset_after = 9;
  EXPECT_THROW(run_icarus(played.configuration, played.workload, {}), Error);
}

TEST(FcIcarus, RunsWholeBundlesLayerByLayer) {
  golden::Dice dice(11);
  golden::Bundle bundle;
  const golden::ConnectionMask mask{golden::LfsrKind::kAllStates, 7, 64, 4};
  bundle.layers = {
      golden::random_fc(dice, 60, 24, golden::WeightFormat::kInt8, mask),
      golden::random_fc(dice, 24, 10, golden::WeightFormat::kTernary,
                        golden::ConnectionMask{golden::LfsrKind::kAllStates, 6, 20, 12})};
  NetworkInput input;
  input.streams = 3;
  input.dense = {golden::random_bytes(dice, 60 * 3)};
  FcCosimOptions options;
  options.configurations = {fc_configuration("small_skip"), fc_configuration("small_ternary")};
  const FcCosimResult verilator = cosimulate_fc(bundle, input, options);
  options.simulator = Simulator::kIcarus;
  const FcCosimResult icarus = cosimulate_fc(bundle, input, options);
  EXPECT_EQ(icarus.difference, "");
  EXPECT_EQ(icarus.layers.size(), 2U);
  EXPECT_EQ(icarus.vectors(), 6U);
  EXPECT_EQ(icarus.cycles, icarus.cycles_model);
  EXPECT_GT(icarus.cycles, verilator.cycles) << "one after the other takes longer than a chain";
  EXPECT_EQ(to_json(icarus).at("simulator"), "icarus");
  EXPECT_EQ(to_json(verilator).at("simulator"), "verilator");
}

}  // namespace
}  // namespace lacuna::sim
