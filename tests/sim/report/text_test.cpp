// SPDX-License-Identifier: Apache-2.0
// Wrapping of plain text.
#include "sim/report/text.h"

#include <gmock/gmock.h>

namespace lacuna::sim {
namespace {

using testing::ElementsAre;

TEST(Wrap, LeavesWhatFits) { EXPECT_THAT(wrap("just fits", 9), ElementsAre("just fits")); }

TEST(Wrap, BreaksAtBlanks) {
  EXPECT_THAT(wrap("one two three", 7), ElementsAre("one two", "three"));
  EXPECT_THAT(wrap("one two three", 8), ElementsAre("one two", "three"));
}

TEST(Wrap, CutsAWordThatFitsNoLine) {
  EXPECT_THAT(wrap("abcdefgh ij", 3), ElementsAre("abc", "def", "gh", "ij"));
}

TEST(Wrap, KeepsNewlinesAndEmptyLines) {
  EXPECT_THAT(wrap("a\n\nb", 10), ElementsAre("a", "", "b"));
  EXPECT_THAT(wrap("", 10), ElementsAre(""));
}

TEST(Wrap, KeepsIndentation) { EXPECT_THAT(wrap("  abc def", 6), ElementsAre("  abc", "def")); }

TEST(Wrap, CountsCodePointsNotBytes) {
  EXPECT_EQ(text_width("µJ"), 2);
  EXPECT_THAT(wrap("µµµµ", 2), ElementsAre("µµ", "µµ"));
}

}  // namespace
}  // namespace lacuna::sim
