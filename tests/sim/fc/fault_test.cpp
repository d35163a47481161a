// SPDX-License-Identifier: Apache-2.0
// Checks that must fail: a wrong golden, a wrong memory and a wrong design are each noticed and
// named.
#include <gmock/gmock.h>

#include "golden/error.h"
#include "sim/fc/platform.h"
#include "sim/network/fc_cosim.h"
#include "tests/sim/fc/case.h"

namespace lacuna::sim {

std::unique_ptr<FcModel> make_fc_mutant(std::uint64_t seed);
std::unique_ptr<FcModel> make_fc_mutant_reset(std::uint64_t seed);

namespace {

using testing::AllOf;
using testing::HasSubstr;

TEST(FcFaults, FlippedBitOfGoldenIsNamedByImageAndOutput) {
  const auto which = make_fc_case("small_ternary", 1, 40, 11);
  const auto layer = draw_layer(which);
  auto workload = whole_runs(which, layer);
  workload.runs.back().expected[0][3 * 11 + 7] ^= 1;
  const FcRunResult result = run_platform({fc_configuration("small_ternary")}, workload, {});
  ASSERT_TRUE(result.mismatch);
  EXPECT_EQ(result.mismatch->what, "y");
  EXPECT_EQ(result.mismatch->image, 3u);
  EXPECT_EQ(result.mismatch->output, 7u);
  EXPECT_EQ(result.mismatch->expected, result.mismatch->got ^ 1);
  EXPECT_THAT(result.mismatch->str(), AllOf(HasSubstr("engine lac_lfsr_layer"),
                                            HasSubstr("image 3"), HasSubstr("output 7")));
}

TEST(FcFaults, FlippedBitOfAWeightIsAMismatchOfItsOutput) {
  const auto which = make_fc_case("small_int8", 2, 31, 8);
  auto layer = draw_layer(which);
  layer.relu = false;
  layer.shift = 1;
  layer.scale.assign(8, 1);
  layer.bias.assign(8, 0);
  FcWorkload workload = make_workload({layer}, {fc_configuration("small_int8").engine});
  add_images(workload, {layer}, std::vector<std::int8_t>(31, 100));
  workload.layers[0].weights.back().data[0] ^= 0x80;
  const FcRunResult result = run_platform({fc_configuration("small_int8")}, workload, {});
  ASSERT_TRUE(result.mismatch);
  EXPECT_EQ(result.mismatch->output, workload.layers[0].weights.back().group);
}

TEST(FcFaults, MissingCycleOfTheModelIsNamed) {
  const auto which = make_fc_case("small_skip", 3, 50, 17);
  const auto layer = draw_layer(which);
  auto workload = whole_runs(which, layer);
  workload.runs.back().cycles[0][2].out += 1;
  const FcRunResult result = run_platform({fc_configuration("small_skip")}, workload, {});
  EXPECT_FALSE(result.mismatch);
  EXPECT_THAT(cycle_difference(workload, result), AllOf(HasSubstr("run 2"), HasSubstr("image 2")));
}

/// A layer whose threshold is one of the register's states: the mutant misses that connection.
golden::FcLayer layer_that_meets_its_threshold() {
  auto layer = draw_layer(make_fc_case("small_int8", 4, 31, 8));
  layer.mask = golden::ConnectionMask{golden::LfsrKind::kPlain, 5, 16, 8};
  layer.weights.assign(8 * 16, 1);
  layer.relu = false;
  layer.shift = 1;
  layer.scale.assign(8, 2);
  layer.bias.assign(8, 0);
  return layer;
}

TEST(FcFaults, MutatedDesignIsAMismatch) {
  FcConfiguration mutant = fc_configuration("small_int8");
  mutant.make = &make_fc_mutant;
  const auto layer = layer_that_meets_its_threshold();
  FcWorkload workload = make_workload({layer}, {mutant.engine});
  add_images(workload, {layer}, std::vector<std::int8_t>(31, 1));
  EXPECT_FALSE(run_platform({fc_configuration("small_int8")}, workload, {}).mismatch);
  const FcRunResult result = run_platform({mutant}, workload, {});
  ASSERT_TRUE(result.mismatch);
  EXPECT_EQ(result.mismatch->expected, 16);
  EXPECT_EQ(result.mismatch->got, 15);
}

TEST(FcFaults, DesignWhoseMasksKeepTheirPlaceOverAResetIsAMismatch) {
  FcConfiguration mutant = fc_configuration("small_int8");
  mutant.make = &make_fc_mutant_reset;
  auto layer = layer_that_meets_its_threshold();
  std::int16_t weight = 0;
  for (std::int16_t& each : layer.weights) each = ++weight;
  FcWorkload workload = make_workload({layer}, {mutant.engine});
  std::vector<std::int8_t> x;
  for (std::int8_t value = 1; value <= 31; ++value) x.push_back(value);
  add_images(workload, {layer}, x);
  add_images(workload, {layer}, x, 25);  // nine inputs have been taken
  add_images(workload, {layer}, x);
  EXPECT_FALSE(run_platform({fc_configuration("small_int8")}, workload, {}).mismatch);
  EXPECT_TRUE(run_platform({mutant}, workload, {}).mismatch);
}

TEST(FcFaults, EngineThatWaitsForeverIsStuck) {
  const auto which = make_fc_case("small_dense", 5, 9, 5);
  const auto layer = draw_layer(which);
  auto workload = whole_runs(which, layer);
  workload.runs.back().x.pop_back();
  EXPECT_THROW(run_platform({fc_configuration("small_dense")}, workload, {}), CheckFailed);
}

TEST(FcFaults, CosimOfAMutatedDesignNamesTheLayer) {
  golden::Bundle bundle;
  bundle.layers = {layer_that_meets_its_threshold(), layer_that_meets_its_threshold()};
  auto& first = std::get<golden::FcLayer>(bundle.layers[0]);
  auto& second = std::get<golden::FcLayer>(bundle.layers[1]);
  first.name = "fc0";
  first.relu = true;
  second.name = "fc1";
  second.inputs = 8;
  second.mask.reset();
  second.weights.assign(8 * 8, 1);
  InputRequest request;
  request.streams = 5;
  const NetworkInput input = read_network_input(bundle, request);
  FcCosimOptions options;
  options.configurations = {fc_configuration("small_int8"), fc_configuration("small_dense")};
  const FcCosimResult good = cosimulate_fc(bundle, input, options);
  EXPECT_EQ(good.difference, "");
  EXPECT_EQ(good.vectors(), 10u);
  EXPECT_EQ(good.cycles, good.cycles_model);
  EXPECT_EQ(to_json(good).at("mismatches"), 0);

  options.configurations.front().make = &make_fc_mutant;
  const FcCosimResult bad = cosimulate_fc(bundle, input, options);
  EXPECT_THAT(bad.difference, AllOf(HasSubstr("layer fc0: mismatch"), HasSubstr("output 3")));
  EXPECT_EQ(to_json(bad).at("mismatches"), 1);
}

TEST(FcFaults, WeightsOnAWiderEngineTakeItsBits) {
  golden::Bundle bundle;
  auto layer = layer_that_meets_its_threshold();
  layer.weight_format = golden::WeightFormat::kTernary;
  bundle.layers = {layer};
  InputRequest request;
  request.streams = 1;
  FcCosimOptions options;
  options.configurations = {fc_configuration("small_int8")};
  const auto result = cosimulate_fc(bundle, read_network_input(bundle, request), options);
  EXPECT_EQ(result.layers.front().weight_bits, layer.weights.size() * 8);
}

}  // namespace
}  // namespace lacuna::sim
