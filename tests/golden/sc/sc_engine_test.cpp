// SPDX-License-Identifier: Apache-2.0
// Cycles of the stochastic engines, by the equations of docs/sc.md.
#include "golden/sc/sc_engine.h"

#include <gmock/gmock.h>

namespace lacuna::golden {
namespace {

using testing::ElementsAre;

const ScEngine kFolded{"lac_folded_dnn", 196, 40, 16, 10, false, 2, 1, 40};

TEST(ScEngine, TheParallelOneTakesTenCyclesMoreThanItsLength) {
  EXPECT_EQ(ScEngine{}.run_cycles(256), 266u);
  EXPECT_EQ(ScEngine{}.words(), 1u);
  EXPECT_EQ(ScEngine{}.layer_delay(), 3);
}

TEST(ScEngine, TheFoldedOneTakesAWordAClock) {
  EXPECT_EQ(kFolded.words(), 197u + 41 + 17);
  EXPECT_EQ(kFolded.run_cycles(1), 255u + 8 + 1 + 14);
  EXPECT_EQ(kFolded.run_cycles(512), 512u * (255 + 9) + 14);
  EXPECT_EQ(kFolded.layer_delay(), 0);
}

TEST(ScEngine, EachBankTakesItsInputsAndOneClockMore) {
  ScEngine halved = kFolded;
  halved.write_lanes = 20;
  EXPECT_EQ(halved.words(), 2u * 197 + 41 + 17);
  EXPECT_EQ(halved.run_cycles(10), 10u * (2 * 197 + 1 + 41 + 17 + 9) + 14);
}

TEST(ScEngine, ABiasWaitsForTheNeuronsOfTheBankBefore) {
  // Two inputs, then the bias, for 9 neurons of 8 lanes: the second bank's bias comes when the
  // chain's eight neurons have left, not after three clocks and the pause.
  const ScEngine narrow{"lac_folded_dnn", 2, 9, 1, 1, false, 1, 1, 8};
  ScEngine one = narrow;
  one.hidden1 = 8;
  // Eight clocks from bias to bias, and a word more of the second layer.
  EXPECT_EQ(narrow.run_cycles(1) - one.run_cycles(1), 8u + 1);
}

TEST(ScEngine, ImagesFollowAtARunOrAtTheirPixels) {
  EXPECT_THAT(sc_cycles(kFolded, 1, 2), ElementsAre(196 + 278, 196 + 2 * 278));
  ScEngine slow = kFolded;
  slow.inputs = 784;
  slow.in_lanes = 1;
  slow.top = "lac_integral_dnn";
  EXPECT_THAT(sc_cycles(slow, 5, 2), ElementsAre(784 + 15, 2 * 784 + 1 + 15));
}

}  // namespace
}  // namespace lacuna::golden
