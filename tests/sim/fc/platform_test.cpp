// SPDX-License-Identifier: Apache-2.0
// RTL against golden and cycle model on the SystemC platform: whatever happens on the ports, only
// cycles change.
#include "sim/fc/platform.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "sim/common/temporary_folder.h"
#include "tests/sim/fc/case.h"

namespace lacuna::sim {
namespace {

class OddFcSizes : public testing::TestWithParam<FcSizes> {};

TEST_P(OddFcSizes, ActivationsEqualGoldenAndCyclesEqualTheModelForThreeSeeds) {
  const FcSizes& sizes = GetParam();
  for (const std::uint64_t seed : {1u, 2u, 3u}) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const auto which = make_fc_case(sizes.configuration, seed, sizes.inputs, sizes.outputs);
    const auto layer = draw_layer(which);
    const auto workload = whole_runs(which, layer);
    const FcRunResult result = run_platform({fc_configuration(which.configuration)}, workload, {});
    EXPECT_FALSE(result.mismatch) << result.mismatch->str();
    EXPECT_EQ(result.layers[0].images_compared, workload.images());
    EXPECT_EQ(cycle_difference(workload, result), "");
    EXPECT_EQ(result.total(), model_cycles(workload));
  }
}

INSTANTIATE_TEST_SUITE_P(Platform, OddFcSizes, testing::ValuesIn(kOddFcSizes), fc_sizes_name);

/// One configuration of every weight format, of shared and skipped masks, and without.
class EveryFcEngine : public testing::TestWithParam<const char*> {};

INSTANTIATE_TEST_SUITE_P(Platform, EveryFcEngine,
                         testing::Values("small_int12", "small_int8", "small_ternary",
                                         "small_binary", "small_skip", "small_skip_binary",
                                         "small_dense", "small_radix", "small_radix_int12"),
                         [](const auto& name) { return std::string(name.param); });

TEST_P(EveryFcEngine, StallsChangeOnlyCycles) {
  const auto which = make_fc_case(GetParam(), 4, 29, 6);
  const auto layer = draw_layer(which);
  const auto workload = whole_runs(which, layer);
  const auto& configuration = fc_configuration(which.configuration);
  std::uint64_t before = run_platform({configuration}, workload, {}).total();
  for (const double stall : {0.5, 0.75, 0.9}) {
    FcPlatformOptions options;
    options.stall = stall;
    const FcRunResult result = run_platform({configuration}, workload, options);
    EXPECT_FALSE(result.mismatch) << result.mismatch->str();
    EXPECT_EQ(result.layers[0].images_compared, workload.images());
    EXPECT_GT(result.total(), before) << "more stalls, more cycles";
    before = result.total();
  }
}

TEST_P(EveryFcEngine, ResetInTheMiddleLeavesNothingBehind) {
  const auto which = make_fc_case(GetParam(), 5, 27, 6);
  const auto layer = draw_layer(which);
  const auto whole = whole_runs(which, layer);
  for (const std::uint64_t cycle : {1u, 2u, 5u, 14u, 31u, 47u}) {
    SCOPED_TRACE("reset after " + std::to_string(cycle) + " cycles");
    auto workload = whole;
    auto cut = workload.runs.back();
    cut.reset_after = cycle;
    workload.runs.insert(workload.runs.begin() + 1, cut);
    const FcRunResult result = run_platform({fc_configuration(which.configuration)}, workload, {});
    EXPECT_FALSE(result.mismatch) << result.mismatch->str();
    ASSERT_EQ(result.layers[0].runs.size(), workload.runs.size());
    std::uint64_t spent = 0;
    for (const std::uint64_t count : result.layers[0].runs[1].cycles) spent += count;
    EXPECT_EQ(spent, cycle);
    EXPECT_EQ(cycle_difference(workload, result), "");
  }
}

TEST(FcPlatform, SameSeedSameCyclesUnderStalls) {
  const auto which = make_fc_case("small_int8", 6, 21, 5);
  const auto layer = draw_layer(which);
  const auto workload = whole_runs(which, layer);
  FcPlatformOptions options;
  options.stall = 0.5;
  options.seed = 9;
  const auto& configuration = fc_configuration("small_int8");
  const auto first = run_platform({configuration}, workload, options).total();
  EXPECT_EQ(run_platform({configuration}, workload, options).total(), first);
  options.seed = 10;
  EXPECT_NE(run_platform({configuration}, workload, options).total(), first);
}

TEST(FcPlatform, MaskedEngineRunsALayerWithoutMask) {
  const auto which = make_fc_case("small_skip", 7, 40, 30);
  auto layer = draw_layer(which);
  layer.mask.reset();
  layer.weights.assign(40 * 30, 3);
  FcWorkload workload = make_workload({layer}, {fc_configuration("small_skip").engine});
  add_images(workload, {layer}, std::vector<std::int8_t>(3 * 40, 5));
  const FcRunResult result = run_platform({fc_configuration("small_skip")}, workload, {});
  EXPECT_FALSE(result.mismatch) << result.mismatch->str();
  EXPECT_EQ(cycle_difference(workload, result), "");
}

TEST(FcPlatform, SkippingTakesTheTimeOfTheLargestGroup) {
  // Of 128 inputs half exist; with the register of all states 64 in every group.
  const auto which = make_fc_case("small_skip", 8, 128, 32);
  auto layer = draw_layer(which);
  const golden::FcEngine& engine = fc_configuration("small_skip").engine;
  layer.mask =
      golden::ConnectionMask{golden::LfsrKind::kAllStates, 7, golden::mask_threshold(0.5, 7), 4};
  layer.weights.assign(32 * 64, 1);
  FcWorkload workload = make_workload({layer}, {engine});
  add_images(workload, {layer}, std::vector<std::int8_t>(20 * 128, 1));
  const auto& cycles = workload.runs.front().cycles[0];
  const std::uint64_t interval = cycles[19].out - cycles[18].out;
  EXPECT_GE(interval, 64u);
  EXPECT_LE(interval, 66u) << "nothing but a group's first chunk is exposed";
  const FcRunResult result = run_platform({fc_configuration("small_skip")}, workload, {});
  EXPECT_EQ(cycle_difference(workload, result), "");
}

TEST(FcPlatform, WaveFileIsWritten) {
  const TemporaryFolder folder;
  const auto which = make_fc_case("small_int8", 9, 3, 2);
  const auto layer = draw_layer(which);
  FcPlatformOptions options;
  options.wave = folder.path() / "engine.fst";
  run_platform({fc_configuration("small_int8")}, whole_runs(which, layer), options);
  EXPECT_GT(std::filesystem::file_size(options.wave), 1000u);
}

}  // namespace
}  // namespace lacuna::sim
