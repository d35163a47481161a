// SPDX-License-Identifier: Apache-2.0
// Masks: how many connections exist, whose they are, and that no two groups have the same.
#include "golden/fc/connection_mask.h"

#include <gmock/gmock.h>

#include <cmath>
#include <set>

namespace lacuna::golden {
namespace {

ConnectionMask mask_of(LfsrKind kind, int bits, double sparsity, int groups) {
  return {kind, bits, mask_threshold(sparsity, bits), groups};
}

TEST(ConnectionMask, AFullPeriodOfAllStatesIsExactFromEverySeed) {
  const std::pair<double, std::size_t> wanted[] = {
      {0, 1024}, {0.5, 512}, {0.75, 256}, {0.875, 128}, {0.9375, 64}};  // P5, table 6
  for (const auto& [sparsity, count] : wanted) {
    for (const auto& inputs :
         group_connections(mask_of(LfsrKind::kAllStates, 10, sparsity, 1024), 1024)) {
      EXPECT_EQ(inputs.size(), count) << sparsity;
    }
  }
}

TEST(ConnectionMask, ThresholdFitsTheRegister) {
  EXPECT_EQ(mask_threshold(0.99, 5), 31U) << "32 would be 0 in five bits: all connections";
  EXPECT_EQ(mask_threshold(0.99, 10), 1014U);
  EXPECT_EQ(group_connections(mask_of(LfsrKind::kPlain, 5, 0.99, 1), 31).front().size(), 1U);
}

TEST(ConnectionMask, ThePlainRegisterWrapsOneInputEarly) {
  const ConnectionMask mask = mask_of(LfsrKind::kPlain, 10, 0.5, 16);
  for (const auto& inputs : group_connections(mask, 1024)) {
    EXPECT_GE(inputs.size(), 512U);
    EXPECT_LE(inputs.size(), 513U) << "one state is met twice";
    const bool first = inputs.front() == 0, last = inputs.back() == 1023;
    EXPECT_EQ(first, last) << "input 1023 has the state of input 0";
  }
}

TEST(ConnectionMask, NoTwoGroupsOfAPeriodHaveTheSame) {
  for (const auto kind : {LfsrKind::kPlain, LfsrKind::kAllStates}) {
    const int period = static_cast<int>(lfsr_period(kind, 9));
    std::set<std::vector<std::uint16_t>> distinct;
    for (const auto& inputs : group_connections(mask_of(kind, 9, 0.5, period), 512))
      distinct.insert(inputs);
    EXPECT_EQ(distinct.size(), static_cast<std::size_t>(period));
  }
}

TEST(ConnectionMask, GroupsBeyondAPeriodRepeat) {
  const auto groups = group_connections(mask_of(LfsrKind::kAllStates, 4, 0.5, 20), 16);
  EXPECT_EQ(groups[0], groups[16]);
  EXPECT_EQ(groups[3], groups[19]);
}

TEST(ConnectionMask, WithoutAThresholdEverythingExists) {
  const auto groups = group_connections(mask_of(LfsrKind::kAllStates, 10, 0, 3), 784);
  for (const auto& inputs : groups) EXPECT_EQ(inputs.size(), 784U);
}

TEST(ConnectionMask, EveryInputIsUsedByItsShareOfGroups) {
  const auto groups = group_connections(mask_of(LfsrKind::kAllStates, 10, 0.9, 512), 784);
  std::vector<int> users(784, 0);
  for (const auto& inputs : groups) {
    for (const std::uint16_t input : inputs) ++users[input];
  }
  for (const int count : users) EXPECT_NEAR(count, 51.2, 6 * std::sqrt(512 * 0.09));
}

TEST(ConnectionMask, RegistersAreAsWideAsTheInputsNeed) {
  EXPECT_EQ(mask_bits(1), 2);
  EXPECT_EQ(mask_bits(512), 9);
  EXPECT_EQ(mask_bits(513), 10);
  EXPECT_EQ(mask_bits(784), 10);
  EXPECT_EQ(mask_bits(8192), 13);
}

}  // namespace
}  // namespace lacuna::golden
