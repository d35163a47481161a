// SPDX-License-Identifier: Apache-2.0
// A second simulator on the same RTL and vectors: the same activations, the same cycles.
#include "sim/fc/icarus.h"

#include <gtest/gtest.h>

#include "golden/error.h"
#include "sim/fc/regression.h"
#include "sim/network/fc_cosim.h"
#include "tests/golden/fc/random_fc.h"

namespace lacuna::sim {
namespace {

/// A layer of the regression's, of given sizes.
golden::FcLayer layer_of(const std::string& configuration, int inputs, int outputs,
                         std::uint64_t seed = 1) {
  FcCase which;
  which.name = configuration;
  which.configuration = configuration;
  which.seed = seed;
  which.inputs = inputs;
  which.outputs = outputs;
  return draw_layer(which);
}

/// Runs of one, of zeros only, and of several images.
FcWorkload images_of(const std::string& configuration, const golden::FcLayer& layer) {
  golden::Dice dice(7);
  FcWorkload workload = make_workload(layer, fc_configuration(configuration).engine);
  add_images(workload, layer, golden::random_bytes(dice, layer.inputs));
  add_images(workload, layer, std::vector<std::int8_t>(static_cast<std::size_t>(layer.inputs), 0));
  add_images(workload, layer, golden::random_bytes(dice, 4 * layer.inputs));
  return workload;
}

struct Sizes {
  const char* configuration;
  int inputs, outputs;
};

class FcIcarus : public testing::TestWithParam<Sizes> {};

TEST_P(FcIcarus, AgreesWithGoldenAndVerilator) {
  const auto& [name, inputs, outputs] = GetParam();
  for (const std::uint64_t seed : {1, 2, 3}) {
    SCOPED_TRACE(seed);
    const auto layer = layer_of(name, inputs, outputs, seed);
    const auto workload = images_of(name, layer);
    const auto& configuration = fc_configuration(name);
    const FcRunResult icarus = run_icarus(configuration, workload, {});
    const FcRunResult verilator = run_platform(configuration, workload, {});
    ASSERT_FALSE(icarus.mismatch) << icarus.mismatch->str();
    EXPECT_EQ(icarus.images_compared, workload.images());
    EXPECT_EQ(cycle_difference(workload, icarus), "");
    EXPECT_EQ(icarus.total(), model_cycles(workload));
    ASSERT_EQ(icarus.runs.size(), verilator.runs.size());
    for (std::size_t run = 0; run < icarus.runs.size(); ++run) {
      EXPECT_EQ(icarus.runs[run].cycles, verilator.runs[run].cycles);
      EXPECT_EQ(icarus.runs[run].out, verilator.runs[run].out);
    }
  }
}

constexpr Sizes kSizes[] = {
    {"small_int12", 128, 24},      {"small_int12", 50, 9},   {"small_int8", 32, 8},
    {"small_int8", 1, 1},          {"small_ternary", 7, 12}, {"small_binary", 64, 6},
    {"small_binary", 13, 4},       {"small_skip", 128, 32},  {"small_skip", 29, 3},
    {"small_skip_binary", 64, 20}, {"small_dense", 40, 16},  {"small_dense", 3, 5}};

INSTANTIATE_TEST_SUITE_P(Fc, FcIcarus, testing::ValuesIn(kSizes), [](const auto& of) {
  return std::string(of.param.configuration) + "_" + std::to_string(of.param.inputs) + "_" +
         std::to_string(of.param.outputs);
});

TEST(FcIcarus, StallsChangeNoActivation) {
  for (const char* name : {"small_int8", "small_skip"}) {
    SCOPED_TRACE(name);
    const auto layer = layer_of(name, 20, 7);
    const auto workload = images_of(name, layer);
    FcPlatformOptions options;
    options.stall = 0.5;
    const FcRunResult result = run_icarus(fc_configuration(name), workload, options);
    EXPECT_FALSE(result.mismatch) << result.mismatch->str();
    EXPECT_EQ(result.images_compared, workload.images());
    EXPECT_GT(result.total(), model_cycles(workload));
  }
}

TEST(FcIcarus, FlippedBitOfGoldenIsNamed) {
  const auto layer = layer_of("small_int8", 20, 7);
  auto workload = images_of("small_int8", layer);
  workload.runs[2].expected[7 * 2 + 5] ^= 1;
  const FcRunResult result = run_icarus(fc_configuration("small_int8"), workload, {});
  ASSERT_TRUE(result.mismatch);
  EXPECT_EQ(result.mismatch->image, 2U);
  EXPECT_EQ(result.mismatch->output, 5U);
  EXPECT_EQ(result.mismatch->what, "y");
}

TEST(FcIcarus, CycleOfTheModelThatIsOffByOneIsNamed) {
  const auto layer = layer_of("small_skip", 20, 7);
  auto workload = images_of("small_skip", layer);
  ++workload.runs[2].cycles[3].out;
  const FcRunResult result = run_icarus(fc_configuration("small_skip"), workload, {});
  EXPECT_NE(cycle_difference(workload, result).find("run 2, image 3"), std::string::npos);
}

TEST(FcIcarus, RefusesWhatItCannotPlay) {
  const auto layer = layer_of("small_int8", 20, 7);
  auto workload = images_of("small_int8", layer);
  FcPlatformOptions waves;
  waves.wave = "waves.fst";
  EXPECT_THROW(run_icarus(fc_configuration("small_int8"), workload, waves), Error);
  workload.runs[0].reset_after = 9;
  EXPECT_THROW(run_icarus(fc_configuration("small_int8"), workload, {}), Error);
}

TEST(FcIcarus, RunsWholeBundles) {
  golden::Dice dice(11);
  golden::Bundle bundle;
  const golden::ConnectionMask mask{golden::LfsrKind::kAllStates, 7, 64, 4};
  bundle.layers = {golden::random_fc(dice, 60, 24, golden::WeightFormat::kInt8, mask),
                   golden::random_fc(dice, 24, 10, golden::WeightFormat::kInt8, std::nullopt)};
  NetworkInput input;
  input.streams = 3;
  input.dense = {golden::random_bytes(dice, 60 * 3)};
  FcCosimOptions options;
  options.names = {"small_skip", "small_dense"};
  const FcCosimResult verilator = cosimulate_fc(bundle, input, options);
  options.simulator = Simulator::kIcarus;
  const FcCosimResult icarus = cosimulate_fc(bundle, input, options);
  EXPECT_EQ(icarus.difference(), "");
  EXPECT_EQ(icarus.layers.size(), 2U);
  EXPECT_EQ(icarus.vectors(), 6U);
  EXPECT_EQ(icarus.cycles(), verilator.cycles());
  EXPECT_EQ(to_json(icarus).at("simulator"), "icarus");
  EXPECT_EQ(to_json(verilator).at("simulator"), "verilator");
}

}  // namespace
}  // namespace lacuna::sim
