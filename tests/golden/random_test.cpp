// SPDX-License-Identifier: Apache-2.0
// Random numbers: the same everywhere, within their range, and evenly spread.
#include "golden/random.h"

#include <gtest/gtest.h>

#include <array>
#include <limits>

namespace lacuna::golden {
namespace {

TEST(Random, IsTheEngineThatTheStandardFixes) {
  Random random(5489);  // std::mt19937_64's default seed
  for (int i = 0; i < 9999; ++i) random.bits();
  EXPECT_EQ(random.bits(), 9981545732273789042ULL);  // [rand.predef]: the 10000th value
}

TEST(Random, IntegersCoverTheirRangeEvenly) {
  Random random(1);
  std::array<int, 7> counts{};
  for (int i = 0; i < 70'000; ++i) {
    const std::int64_t value = random.integer(-3, 3);
    ASSERT_GE(value, -3);
    ASSERT_LE(value, 3);
    ++counts[static_cast<std::size_t>(value + 3)];
  }
  for (const int count : counts) EXPECT_NEAR(count, 10'000, 500);
}

TEST(Random, IntegersOfTheWholeRangeAndOfASingleValue) {
  Random random(1);
  EXPECT_EQ(random.integer(4, 4), 4);
  const auto value = random.integer(std::numeric_limits<std::int64_t>::min(),
                                    std::numeric_limits<std::int64_t>::max());
  EXPECT_NE(value, random.integer(std::numeric_limits<std::int64_t>::min(),
                                  std::numeric_limits<std::int64_t>::max()));
}

TEST(Random, UniformAndNormalHaveTheirMoments) {
  Random random(1);
  constexpr int kCount = 100'000;
  double uniform = 0;
  double normal = 0;
  double squares = 0;
  for (int i = 0; i < kCount; ++i) {
    const double share = random.uniform();
    ASSERT_GE(share, 0.0);
    ASSERT_LT(share, 1.0);
    uniform += share / kCount;
    const double value = random.normal();
    normal += value / kCount;
    squares += value * value / kCount;
  }
  EXPECT_NEAR(uniform, 0.5, 0.01);
  EXPECT_NEAR(normal, 0.0, 0.02);
  EXPECT_NEAR(squares, 1.0, 0.02);
}

}  // namespace
}  // namespace lacuna::golden
