// SPDX-License-Identifier: Apache-2.0
#include "models/threshold.h"

#include <gtest/gtest.h>

#include <cmath>

#include "golden/quantize.h"

namespace lacuna::models {
namespace {

constexpr std::uint64_t kSeed = 7;

double share_below(const torch::Tensor& states, float threshold) {
  return states.abs().lt(threshold).to(torch::kDouble).mean().item<double>();
}

TEST(Threshold, LiesHalfwayBetweenNumbersOfTheStatesFormat) {
  EXPECT_EQ(grid_threshold(0), 0.0F);
  EXPECT_EQ(grid_threshold(1), 0.5F / 128);
  EXPECT_EQ(grid_threshold(40), 39.5F / 128);
  for (int k = 0; k <= 127; ++k) EXPECT_EQ(grid_threshold(k), golden::grid_threshold(k)) << k;
}

TEST(Threshold, IndexIsTheNearestGridPoint) {
  EXPECT_EQ(grid_index(0), 0);
  for (int k = 1; k <= 127; ++k) {
    EXPECT_EQ(grid_index(double{grid_threshold(k)}), k);
    EXPECT_EQ(grid_index(double{grid_threshold(k)} + 0.4 / 128), k);
    EXPECT_EQ(grid_index(double{grid_threshold(k)} - 0.4 / 128), k);
  }
}

TEST(ThresholdController, FindsTheThresholdOfAWantedSparsity) {
  torch::manual_seed(kSeed);
  for (const double wanted : {0.3, 0.8, 0.95}) {
    ThresholdController controller;
    const torch::Tensor states = torch::tanh(torch::randn({50, 16, 64}) * 0.4);
    for (int n = 0; n < 200; ++n) {
      controller.observe(states);
      controller.steer(wanted, 127);
    }
    const float threshold = grid_threshold(controller.index());
    EXPECT_GE(share_below(states, threshold), wanted - 0.01);
    EXPECT_LE(share_below(states, grid_threshold(controller.index() - 1)), wanted + 0.01);
  }
}

TEST(ThresholdController, MovesOneGridStepAtATime) {
  ThresholdController controller;
  controller.observe(torch::full({100}, 0.5));
  for (int n = 1; n <= 10; ++n) {
    controller.steer(0.9, 127);
    EXPECT_EQ(controller.index(), n);
  }
}

TEST(ThresholdController, RaisesThePressureWhereTheHighestThresholdDoesNotReach) {
  ThresholdController controller;
  controller.observe(torch::full({100}, 0.5));
  for (int n = 0; n < 40; ++n) controller.steer(0.9, 30);
  EXPECT_EQ(controller.index(), 30);
  const double pressure = controller.pressure();
  EXPECT_GT(pressure, 1e-3);
  controller.steer(0.9, 30);
  EXPECT_GT(controller.pressure(), pressure);
  for (int n = 0; n < 400; ++n) controller.observe(torch::full({100}, 0.01));
  for (int n = 0; n < 40; ++n) controller.steer(0.9, 30);
  EXPECT_LT(controller.pressure(), pressure) << "enough zeros now";
}

TEST(ThresholdController, DoesNothingBeforeItHasSeenStatesOrIsAskedForSparsity) {
  ThresholdController controller;
  controller.steer(0.9, 127);
  EXPECT_EQ(controller.index(), 0);
  controller.observe(torch::full({100}, 0.5));
  controller.steer(0, 127);
  EXPECT_EQ(controller.index(), 0);
}

TEST(ThresholdController, ComesBackFromACheckpointAsItWas) {
  torch::manual_seed(kSeed);
  ThresholdController one, other;
  for (int n = 0; n < 30; ++n) {
    one.observe(torch::randn({1000}) * 0.3);
    one.steer(0.7, 20);
  }
  other.load(one.save());
  EXPECT_TRUE(torch::equal(one.save(), other.save()));
  EXPECT_EQ(one.index(), other.index());
  EXPECT_EQ(one.pressure(), other.pressure());
}

TEST(RampedSparsity, RisesFromNothingToTheTargetWithoutFalling) {
  EXPECT_EQ(ramped_sparsity(0.1, 0.1, 0.5, 0.9), 0);
  EXPECT_EQ(ramped_sparsity(0.5, 0.1, 0.5, 0.9), 0.9);
  EXPECT_EQ(ramped_sparsity(1.0, 0.1, 0.5, 0.9), 0.9);
  double before = 0;
  for (int n = 0; n <= 100; ++n) {
    const double now = ramped_sparsity(n / 100.0, 0.1, 0.5, 0.9);
    EXPECT_GE(now, before);
    before = now;
  }
}

}  // namespace
}  // namespace lacuna::models
