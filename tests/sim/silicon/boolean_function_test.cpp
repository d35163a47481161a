// SPDX-License-Identifier: Apache-2.0
#include "sim/silicon/boolean_function.h"

#include <gmock/gmock.h>

#include "golden/error.h"

namespace lacuna::sim {
namespace {

/// The table's entries of two inputs.
TruthTable two(const std::string& function) {
  return truth_table(function, {"A", "B"}, "cell X") & 0xF;
}

TEST(BooleanFunction, KnowsAllOperatorsOfLiberty) {
  EXPECT_EQ(two("A B"), 0b1000u);
  EXPECT_EQ(two("A*B"), 0b1000u);
  EXPECT_EQ(two("A & B"), 0b1000u);
  EXPECT_EQ(two("A+B"), 0b1110u);
  EXPECT_EQ(two("A | B"), 0b1110u);
  EXPECT_EQ(two("A^B"), 0b0110u);
  EXPECT_EQ(two("!A"), 0b0101u);
  EXPECT_EQ(two("A'"), 0b0101u);
  EXPECT_EQ(two("0"), 0b0000u);
  EXPECT_EQ(two("1"), 0b1111u);
}

TEST(BooleanFunction, BindsNegationThenExclusiveOrThenProductThenSum) {
  EXPECT_EQ(two("!A B"), 0b0100u);
  EXPECT_EQ(two("(A B)'"), 0b0111u);
  EXPECT_EQ(two("A+!A B"), 0b1110u);
  EXPECT_EQ(two("A B^A"), two("A (B^A)"));
  EXPECT_EQ(truth_table("(S A) + (S' B)", {"A", "B", "S"}, "cell X") & 0xFF, 0b10101100u);
}

TEST(BooleanFunction, RefusesWhatIsNone) {
  for (const char* text : {"", "C", "(A", "A)", "A +", "!", "A ! ", "A $ B"})
    EXPECT_THROW(two(text), Error) << text;
  EXPECT_THROW(two(std::string(100000, '!') + "A"), Error);
  EXPECT_THROW(two(std::string(100000, '(')), Error);
  EXPECT_THROW(truth_table("A", {"A", "B", "C", "D", "E", "F", "G"}, "cell X"), Error);
}

}  // namespace
}  // namespace lacuna::sim
