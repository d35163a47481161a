// SPDX-License-Identifier: Apache-2.0
// Lists of columns: what the encoder keeps and drops.
#include "golden/columns.h"

#include <gtest/gtest.h>

namespace lacuna::golden {
namespace {

using Index = std::vector<std::uint16_t>;
using Values = std::vector<std::int8_t>;

TEST(EncodeColumns, DropsPositionsThatAreZeroInEveryStream) {
  const Columns columns = encode_columns({0, 0, 0, 7, -1, 0, 0, 0}, 2);
  EXPECT_EQ(columns.batch, 2);
  EXPECT_EQ(columns.index, (Index{1, 2}));
  EXPECT_EQ(columns.values, (Values{0, 7, -1, 0}));
  EXPECT_EQ(columns.value(1)[0], -1);
}

TEST(EncodeColumns, KeepsEverythingWithoutSkipping) {
  const Columns columns = encode_columns({0, 0, 0, 7}, 2, false);
  EXPECT_EQ(columns.index, (Index{0, 1}));
  EXPECT_EQ(columns.values, (Values{0, 0, 0, 7}));
}

TEST(EncodeSymbols, EqualSymbolsShareAColumn) {
  const Columns columns = encode_symbols({9, 2, 9});
  EXPECT_EQ(columns.index, (Index{2, 9}));
  EXPECT_EQ(columns.values, (Values{0, 64, 0, 64, 0, 64}));
}

TEST(EncodeSymbols, AStreamWithoutInputHasNoColumn) {
  EXPECT_EQ(encode_symbols({-1, 3}).index, (Index{3}));
  EXPECT_EQ(encode_symbols({-1, -1}).size(), 0u);
  EXPECT_EQ(encode_symbols({-1, -1}).batch, 2);
}

}  // namespace
}  // namespace lacuna::golden
