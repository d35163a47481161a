// SPDX-License-Identifier: Apache-2.0
#include "models/cell_math.h"

#include <gtest/gtest.h>

#include <cmath>

namespace lacuna::models {
namespace {

TEST(CellMath, SigmoidAndTanhAreWithinAMillionthEverywhere) {
  for (int n = -20000; n <= 20000; ++n) {
    const float x = static_cast<float>(n) * 0.001F;
    ASSERT_NEAR(fast_sigmoid(x), 1.0 / (1.0 + std::exp(-double{x})), 1e-6) << "x = " << x;
    ASSERT_NEAR(fast_tanh(x), std::tanh(double{x}), 1e-6) << "x = " << x;
  }
}

TEST(CellMath, ExponentialIsAccurateRelativeToItsSize) {
  for (int n = -860; n <= 860; ++n) {
    const float x = static_cast<float>(n) * 0.1F;
    ASSERT_NEAR(fast_exp(x) / std::exp(double{x}), 1.0, 1e-6) << "x = " << x;
  }
}

TEST(CellMath, HugeArgumentsSaturateInsteadOfOverflowing) {
  EXPECT_EQ(fast_sigmoid(1e30F), 1.0F);
  EXPECT_NEAR(fast_sigmoid(-1e30F), 0.0F, 1e-30F);
  EXPECT_EQ(fast_tanh(1e30F), 1.0F);
  EXPECT_EQ(fast_tanh(-1e30F), -1.0F);
}

TEST(CellMath, Bfloat16RoundsToNearestTiesToEven) {
  const auto rounded = [](float value) {
    Bfloat16 narrowed;
    narrow(value, narrowed);
    return widen(narrowed);
  };
  EXPECT_EQ(rounded(1.0F), 1.0F);
  EXPECT_EQ(rounded(-0.15625F), -0.15625F);
  EXPECT_EQ(rounded(1.0F + 1.0F / 256), 1.0F);               // halfway: to the even neighbour below
  EXPECT_EQ(rounded(1.0F + 3.0F / 256), 1.0F + 4.0F / 256);  // halfway: to the even one above
  EXPECT_EQ(rounded(1.0F + 1.1F / 256), 1.0F + 2.0F / 256);
}

}  // namespace
}  // namespace lacuna::models
