// SPDX-License-Identifier: Apache-2.0
// Flips are a function of seed, place and cycle, and come as often as they should.
#include "golden/faults.h"

#include <gmock/gmock.h>

#include <cmath>

#include "tests/golden/error_message.h"

namespace lacuna::golden {
namespace {

using testing::HasSubstr;

TEST(Faults, NeverAtRateZeroAndAlwaysAtOne) {
  const Faults never(FaultSite::kSums, 1, 0, 1), always(FaultSite::kSums, 1, 1, 1);
  for (std::uint64_t cycle = 0; cycle < 1000; ++cycle) {
    EXPECT_EQ(never.flips(0, 3, cycle, 13), 0u);
    EXPECT_EQ(always.flips(0, 3, cycle, 13), 0x1FFFu);
  }
  EXPECT_EQ(always.flips(0, 0, 0, 64), ~std::uint64_t{0});
  EXPECT_EQ(always.flips(0, 0, 0, 1), 1u);
}

TEST(Faults, EveryBitIsFlippedAtItsRate) {
  constexpr int kCycles = 20'000, kBits = 13;
  for (const double rate : {0.3, 0.02, 0.001}) {
    const Faults faults(FaultSite::kSums, 5, rate, 2);
    std::vector<int> flipped(kBits, 0);
    for (int cycle = 0; cycle < kCycles; ++cycle) {
      const std::uint64_t flips = faults.flips(1, 7, static_cast<std::uint64_t>(cycle), kBits);
      for (int bit = 0; bit < kBits; ++bit)
        flipped[static_cast<std::size_t>(bit)] += flips >> bit & 1;
    }
    const double deviation = std::sqrt(kCycles * rate * (1 - rate));
    for (const int count : flipped) EXPECT_NEAR(count, kCycles * rate, 5 * deviation);
  }
}

TEST(Faults, BitsAboveTheLastRateHaveTheLast) {
  const Faults faults(FaultSite::kSums, 2, {{0, 1}, {1, 0, 0}});
  EXPECT_EQ(faults.flips(0, 0, 9, 5), 0b11110u);
  EXPECT_EQ(faults.flips(1, 0, 9, 5), 0b00001u);
}

TEST(Faults, AskingTwiceGivesTheSameAndEveryCoordinateMatters) {
  const Faults faults(FaultSite::kBits, 3, 0.5, 2), other(FaultSite::kBits, 4, 0.5, 2);
  const std::uint64_t flips = faults.flips(1, 2, 3, 64);
  EXPECT_EQ(faults.flips(1, 2, 3, 64), flips);
  EXPECT_NE(faults.flips(0, 2, 3, 64), flips);
  EXPECT_NE(faults.flips(1, 1, 3, 64), flips);
  EXPECT_NE(faults.flips(1, 2, 4, 64), flips);
  EXPECT_NE(other.flips(1, 2, 3, 64), flips);
  EXPECT_EQ(faults.flips(1, 2, 3, 10), flips & 0x3FF) << "a narrower word is its lower bits";
}

TEST(Faults, RefusesWhatIsNoProbability) {
  for (const double rate : {-0.1, 1.5, std::nan("")}) {
    EXPECT_THAT(error_message([&] { Faults(FaultSite::kSums, 1, rate, 1); }),
                HasSubstr("fault rate"));
  }
}

}  // namespace
}  // namespace lacuna::golden
