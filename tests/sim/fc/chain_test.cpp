// SPDX-License-Identifier: Apache-2.0
// Layers in a chain: every activation of every layer equals golden's, and every image leaves every
// layer in the cycle that the model says, whatever happens on the ports and links.
#include <gmock/gmock.h>

#include "golden/error.h"
#include "sim/fc/platform.h"
#include "tests/golden/fc/random_fc.h"

namespace lacuna::sim {
namespace {

using testing::HasSubstr;

struct ChainShape {
  const char* name;
  std::vector<const char*> configurations;
  std::vector<int> sizes;  ///< inputs, then outputs of each layer
};

/// A mask that the engine's registers can make; none for an engine without.
std::optional<golden::ConnectionMask> mask_for(const golden::FcEngine& engine) {
  if (!engine.masked) return std::nullopt;
  const auto kind = engine.all_states ? golden::LfsrKind::kAllStates : golden::LfsrKind::kPlain;
  return golden::ConnectionMask{kind, engine.lfsr_bits,
                                golden::mask_threshold(0.4, engine.lfsr_bits), engine.groups};
}

struct Chain {
  explicit Chain(const ChainShape& shape, std::uint64_t seed = 1) : dice(seed) {
    for (std::size_t at = 0; at < shape.configurations.size(); ++at) {
      configurations.push_back(fc_configuration(shape.configurations[at]));
      const golden::FcEngine& engine = configurations.back().engine;
      engines.push_back(engine);
      layers.push_back(golden::random_fc(dice, shape.sizes[at], shape.sizes[at + 1],
                                         golden::weight_format_of_bits(engine.weight_bits),
                                         mask_for(engine)));
      layers.back().relu = at + 1 < shape.configurations.size();
    }
  }

  /// Runs of one image, of seven, of two that a reset cuts where `reset_after` is not 0, of five.
  FcWorkload workload(std::uint64_t reset_after = 0) {
    FcWorkload all = make_workload(layers, engines);
    const auto add = [&](int images, std::uint64_t cut) {
      add_images(all, layers, golden::random_bytes(dice, images * layers.front().inputs), cut);
    };
    add(1, 0);
    add(7, 0);
    if (reset_after != 0) add(2, reset_after);
    add(5, 0);
    return all;
  }

  golden::Dice dice;
  std::vector<golden::FcLayer> layers;
  std::vector<FcConfiguration> configurations;
  std::vector<golden::FcEngine> engines;
};

const ChainShape kThree{
    "three_kinds_and_formats", {"small_int8", "small_skip", "small_ternary"}, {29, 7, 31, 11}};

const ChainShape kShapes[] = {
    kThree,
    {"last_layer_is_the_slowest", {"small_int8", "small_skip", "small_ternary"}, {3, 8, 32, 12}},
    {"a_layer_in_the_middle_holds_up_both",
     {"small_dense", "small_dense", "small_int12", "small_ternary"},
     {5, 16, 16, 3, 12}},
    {"beats_not_filled", {"small_skip", "small_ternary"}, {127, 29, 5}},
    {"all_inputs_at_once", {"small_radix", "small_radix", "small_dense"}, {44, 11, 12, 13}},
};

class FcChains : public testing::TestWithParam<ChainShape> {};

INSTANTIATE_TEST_SUITE_P(FcChain, FcChains, testing::ValuesIn(kShapes),
                         [](const auto& info) { return std::string(info.param.name); });

TEST_P(FcChains, ActivationsEqualGoldenAndCyclesEqualTheModelForThreeSeeds) {
  for (const std::uint64_t seed : {1u, 2u, 3u}) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Chain chain(GetParam(), seed);
    const FcWorkload workload = chain.workload();
    const FcRunResult result = run_platform(chain.configurations, workload, {});
    EXPECT_FALSE(result.mismatch) << result.mismatch->str();
    for (const FcLayerRun& layer : result.layers) EXPECT_EQ(layer.images_compared, 13u);
    EXPECT_EQ(cycle_difference(workload, result), "");
    EXPECT_EQ(result.total(), model_cycles(workload));
  }
}

TEST_P(FcChains, StallsOfPortsAndLinksChangeOnlyCycles) {
  Chain chain(GetParam(), 4);
  const FcWorkload workload = chain.workload();
  std::uint64_t before = model_cycles(workload);
  for (const double stall : {0.5, 0.75, 0.9}) {
    FcPlatformOptions options;
    options.stall = stall;
    const FcRunResult result = run_platform(chain.configurations, workload, options);
    EXPECT_FALSE(result.mismatch) << result.mismatch->str();
    EXPECT_EQ(result.layers.back().images_compared, workload.images());
    EXPECT_GT(result.total(), before) << "more stalls, more cycles";
    before = result.total();
  }
}

TEST_P(FcChains, ResetInTheMiddleLeavesNothingBehind) {
  for (const std::uint64_t cycle : {1u, 9u, 23u, 60u, 75u}) {
    SCOPED_TRACE("reset after " + std::to_string(cycle) + " cycles");
    Chain chain(GetParam(), 5);
    const FcWorkload workload = chain.workload(cycle);
    const FcRunResult result = run_platform(chain.configurations, workload, {});
    EXPECT_FALSE(result.mismatch) << result.mismatch->str();
    EXPECT_EQ(cycle_difference(workload, result), "");
  }
}

TEST(FcChain, FlippedBitOfALayerInTheMiddleIsNamedByLayer) {
  Chain chain(kThree);
  FcWorkload workload = chain.workload();
  workload.runs[1].expected[1][3 * 31 + 17] ^= 1;
  const FcRunResult result = run_platform(chain.configurations, workload, {});
  ASSERT_TRUE(result.mismatch);
  EXPECT_EQ(result.mismatch->layer, 1u);
  EXPECT_EQ(result.mismatch->image, 3u);
  EXPECT_EQ(result.mismatch->output, 17u);
}

TEST(FcChain, CycleThatTheModelHasNotIsNamedByLayer) {
  Chain chain(kThree);
  FcWorkload workload = chain.workload();
  ++workload.runs[1].cycles[1][4].out;
  const FcRunResult result = run_platform(chain.configurations, workload, {});
  EXPECT_THAT(cycle_difference(workload, result), HasSubstr("layer 1, run 1, image 4"));
}

TEST(FcChain, BeatsOfNeighboursMustHaveTheSameWidth) {
  Chain chain(kThree);
  chain.engines[1].in_lanes = 2;
  try {
    make_workload(chain.layers, chain.engines);
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("takes 2 activations a beat, the layer before gives 4"));
  }
}

}  // namespace
}  // namespace lacuna::sim
