// SPDX-License-Identifier: Apache-2.0
// The register: full period, never stuck, zero state where it belongs.
#include "golden/lfsr.h"

#include <gmock/gmock.h>

#include <vector>

#include "tests/golden/error_message.h"

namespace lacuna::golden {
namespace {

using testing::HasSubstr;

/// Steps until the first state comes again; `seen` gets every state's number of visits.
std::uint32_t walk(LfsrKind kind, int bits, std::vector<int>& seen) {
  seen.assign(std::size_t{1} << bits, 0);
  Lfsr lfsr(kind, bits, 1);
  std::uint32_t steps = 0;
  do {
    ++seen[lfsr.state()];
    lfsr.step();
    ++steps;
  } while (lfsr.state() != 1 && steps <= seen.size());
  return steps;
}

TEST(Lfsr, GoesThroughAllStatesOfItsKind) {
  for (int bits = kMinLfsrBits; bits <= kMaxLfsrBits; ++bits) {
    std::vector<int> seen;
    EXPECT_EQ(walk(LfsrKind::kPlain, bits, seen), (std::uint32_t{1} << bits) - 1) << bits;
    EXPECT_EQ(seen[0], 0) << "the plain register would never leave zero";
    EXPECT_EQ(walk(LfsrKind::kAllStates, bits, seen), std::uint32_t{1} << bits) << bits;
    EXPECT_EQ(seen[0], 1) << bits;
  }
}

TEST(Lfsr, ZeroFollowsTheHighestBitAlone) {
  for (const int bits : {2, 3, 8, 10}) {
    Lfsr lfsr(LfsrKind::kAllStates, bits, std::uint32_t{1} << (bits - 1));
    lfsr.step();
    EXPECT_EQ(lfsr.state(), 0U);
    lfsr.step();
    EXPECT_EQ(lfsr.state(), 1U);
  }
}

TEST(Lfsr, ThreeBitsByHand) {
  // Taps 3 and 2: the parity of the two upper bits is shifted in.
  Lfsr lfsr(LfsrKind::kPlain, 3, 1);
  std::vector<std::uint32_t> states;
  for (int n = 0; n < 8; ++n, lfsr.step()) states.push_back(lfsr.state());
  EXPECT_THAT(states, testing::ElementsAre(1, 2, 5, 3, 7, 6, 4, 1));
}

TEST(Lfsr, RefusesWhatIsNoStateOfIt) {
  EXPECT_THAT(error_message([] { Lfsr(LfsrKind::kPlain, 4, 0); }), HasSubstr("with the seed 0"));
  EXPECT_THAT(error_message([] { Lfsr(LfsrKind::kAllStates, 4, 16); }), HasSubstr("the seed 16"));
  EXPECT_THAT(error_message([] { lfsr_taps(1); }), HasSubstr("take 2 to 20"));
  EXPECT_THAT(error_message([] { lfsr_taps(25); }), HasSubstr("take 2 to 20"));
}

}  // namespace
}  // namespace lacuna::golden
