// SPDX-License-Identifier: Apache-2.0
// RTL against golden and cycle model on the SystemC platform: every bit between the layers and
// every sum; whatever happens on the ports, only cycles change.
#include "sim/sc/platform.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "sim/common/temporary_folder.h"
#include "tests/sim/sc/case.h"

namespace lacuna::sim {
namespace {

/// One configuration of each engine for each number of streams a weight, and conventional ones,
/// none of sizes that divide evenly.
class EveryScEngine : public testing::TestWithParam<const char*> {};

INSTANTIATE_TEST_SUITE_P(ScPlatform, EveryScEngine,
                         testing::Values("small_m1", "small_m2", "small_m3", "small_m4",
                                         "small_bipolar", "small_bipolar_m3", "small_folded_m1",
                                         "small_folded_m2", "small_folded_m3", "small_folded_m4"),
                         [](const auto& name) { return std::string(name.param); });

TEST_P(EveryScEngine, EveryBitEqualsGoldenAndCyclesEqualTheModel) {
  for (const ScCase& which :
       {make_sc_case(GetParam(), 1, 1, 2), make_sc_case(GetParam(), 2, 2, 4),
        make_sc_case(GetParam(), 3, 77, 30), make_sc_case(GetParam(), 4, 40, 4096)}) {
    SCOPED_TRACE(which.name);
    const auto bundle = draw_network(which);
    const auto workload = whole_runs(which, bundle);
    const auto& engine = workload.engine;
    const ScRunResult result = run_platform(sc_configuration(which.configuration), workload, {});
    EXPECT_FALSE(result.mismatch) << result.mismatch->str();
    EXPECT_EQ(result.images_compared, workload.images());
    EXPECT_EQ(result.bits_compared,
              workload.images() * static_cast<std::uint64_t>(which.length) *
                  static_cast<std::uint64_t>(engine.hidden1 + engine.hidden2));
    EXPECT_EQ(cycle_difference(workload, result), "");
    EXPECT_EQ(result.total(), model_cycles(workload));
  }
}

TEST_P(EveryScEngine, StallsChangeOnlyCycles) {
  const auto which = make_sc_case(GetParam(), 5, 30, 12);
  const auto bundle = draw_network(which);
  const auto workload = whole_runs(which, bundle);
  const auto& configuration = sc_configuration(which.configuration);
  std::uint64_t before = run_platform(configuration, workload, {}).total();
  for (const double stall : {0.5, 0.9, 0.98}) {
    ScPlatformOptions options;
    options.stall = stall;
    const ScRunResult result = run_platform(configuration, workload, options);
    EXPECT_FALSE(result.mismatch) << result.mismatch->str();
    EXPECT_EQ(result.images_compared, workload.images());
    EXPECT_GT(result.total(), before) << "more stalls, more cycles";
    before = result.total();
  }
}

TEST_P(EveryScEngine, ResetInTheMiddleLeavesNothingBehind) {
  const auto which = make_sc_case(GetParam(), 6, 33, 8);
  const auto bundle = draw_network(which);
  const auto whole = whole_runs(which, bundle);
  for (const std::uint64_t cycle : {1u, 3u, 20u, 45u, 61u, 90u}) {
    SCOPED_TRACE("reset after " + std::to_string(cycle) + " cycles");
    auto workload = whole;
    auto cut = workload.runs.back();
    cut.reset_after = cycle;
    workload.runs.insert(workload.runs.begin() + 1, cut);
    const ScRunResult result = run_platform(sc_configuration(which.configuration), workload, {});
    EXPECT_FALSE(result.mismatch) << result.mismatch->str();
    EXPECT_EQ(cycle_difference(workload, result), "");
  }
}

TEST(ScPlatform, ImagesFollowEachOtherAtTenCyclesMoreThanTheirLength) {
  const auto which = make_sc_case("small_m1", 7, 100, 10);
  const auto bundle = draw_network(which);
  const auto workload = whole_runs(which, bundle);
  const auto& out = workload.runs.back().out;
  EXPECT_EQ(out[1] - out[0], 110u);
  EXPECT_EQ(out[0], 10u + 110u) << "ten beats of x come before";
}

TEST(ScPlatform, PixelsDecideWhereAnImageIsShort) {
  const auto which = make_sc_case("small_m3", 8, 5, 10);  // 64 beats of x
  const auto bundle = draw_network(which);
  const auto workload = whole_runs(which, bundle);
  EXPECT_EQ(workload.runs.back().out[1] - workload.runs.back().out[0], 65u);
  const ScRunResult result = run_platform(sc_configuration("small_m3"), workload, {});
  EXPECT_EQ(cycle_difference(workload, result), "");
}

TEST(ScPlatform, FoldedImagesFollowEachOtherWithoutAPause) {
  const auto which = make_sc_case("small_folded_m2", 7, 20, 10);
  const auto bundle = draw_network(which);
  const auto workload = whole_runs(which, bundle);
  const auto& out = workload.runs.back().out;
  // One bank a layer: 30 + 7 + 16 words, 4 clocks more after each of two layers and 1 after the
  // last; the first bits of an image come a clock after its start, two sums leave six clocks after
  // its last word.
  EXPECT_EQ(out[1] - out[0], 20u * (30 + 7 + 16 + 9) + 6);
  EXPECT_EQ(out[0], 29u + 20u * (30 + 7 + 16 + 9) + 6) << "29 beats of x come before";
}

/// What the images before leave behind is an answer of its own only where a register or a counter
/// is not set back.
TEST(ScPlatform, AnAnswerDoesNotDependOnTheImagesBefore) {
  const auto which = make_sc_case("small_folded_m1", 12, 25, 20);
  const auto bundle = draw_network(which);
  auto workload = whole_runs(which, bundle);
  auto& images = workload.runs.back();
  const std::size_t beats = images.x.size() / images.expected.size();
  std::rotate(images.x.begin(), images.x.begin() + static_cast<std::ptrdiff_t>(beats),
              images.x.end());
  std::rotate(images.expected.begin(), images.expected.begin() + 1, images.expected.end());
  const ScRunResult result = run_platform(sc_configuration(which.configuration), workload, {});
  EXPECT_FALSE(result.mismatch) << result.mismatch->str();
}

TEST(ScPlatform, TheFullSizesRunAFewCyclesExactly) {
  for (const char* name : {"m1", "m2", "m4", "bipolar", "folded"}) {
    SCOPED_TRACE(name);
    const auto which = make_sc_case(name, 10, 6, 20);
    const auto bundle = draw_network(which);
    const golden::ScEngine& engine = sc_configuration(name).engine;
    const golden::ScNetwork network(bundle, which.seed, engine.layer_delay());
    ScWorkload workload = make_workload(bundle, engine, which.seed);
    std::vector<std::int8_t> x(2 * static_cast<std::size_t>(engine.inputs), 0);
    for (std::size_t at = 0; at < x.size(); at += 5) x[at] = static_cast<std::int8_t>(at % 128);
    add_images(workload, network, x);
    const ScRunResult result = run_platform(sc_configuration(name), workload, {});
    EXPECT_FALSE(result.mismatch) << result.mismatch->str();
    EXPECT_EQ(result.images_compared, 2u);
    EXPECT_EQ(cycle_difference(workload, result), "");
  }
}

TEST(ScPlatform, WaveFileIsWritten) {
  const TemporaryFolder folder;
  const auto which = make_sc_case("small_m4", 9, 4, 4);
  const auto bundle = draw_network(which);
  ScPlatformOptions options;
  options.wave = folder.path() / "engine.fst";
  run_platform(sc_configuration("small_m4"), whole_runs(which, bundle), options);
  EXPECT_GT(std::filesystem::file_size(options.wave), 1000u);
}

}  // namespace
}  // namespace lacuna::sim
