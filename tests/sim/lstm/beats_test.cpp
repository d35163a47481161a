// SPDX-License-Identifier: Apache-2.0
// The beats of docs/lstm.md, "Interface", bit for bit.
#include "sim/lstm/beats.h"

#include <gtest/gtest.h>

#include "golden/error.h"
#include "sim/lstm/configuration.h"

namespace lacuna::sim {
namespace {

/// lanes 8, batch 8, element-wise width 4: index 9 bits, group 1 bit.
const golden::LstmEngine& engine() { return lstm_configuration("small").engine; }

TEST(LstmBeats, StartHoldsLengthsWithTheFirstStreamLowest) {
  const Beat beat = LstmBeats(engine()).start({1, 2, 3, 4, 5, 6, 7, 0x1234}, true);
  EXPECT_EQ(beat[0], 0x00020001u);
  EXPECT_EQ(beat[3], 0x12340007u);
  EXPECT_EQ(beat[4], 1u) << "use_init";
}

TEST(LstmBeats, ColumnHoldsValuesIndexKeepLast) {
  golden::Columns columns;
  columns.batch = 8;
  columns.index = {3, 0x101};
  columns.values = {1, 2, 3, 4, 5, 6, 7, 8, -1, 0, 0, 0, 0, 0, 0, -128};
  std::vector<Beat> beats;
  LstmBeats(engine()).append_columns(columns, beats);
  ASSERT_EQ(beats.size(), 2u);
  EXPECT_EQ(beats[0][0], 0x04030201u);
  EXPECT_EQ(beats[0][1], 0x08070605u);
  EXPECT_EQ(beats[0][2], 3u | 1u << 9) << "keep, not last";
  EXPECT_EQ(beats[1][0], 0x000000FFu);
  EXPECT_EQ(beats[1][1], 0x80000000u);
  EXPECT_EQ(beats[1][2], 0x101u | 1u << 9 | 1u << 10) << "keep and last";
}

TEST(LstmBeats, EmptyListIsOneBeatWithoutAColumn) {
  golden::Columns columns;
  columns.batch = 8;
  std::vector<Beat> beats;
  LstmBeats(engine()).append_columns(columns, beats);
  ASSERT_EQ(beats.size(), 1u);
  EXPECT_EQ(beats[0][2], 1u << 10) << "last, not keep";
}

TEST(LstmBeats, StateUnpacksWhatInitialPacks) {
  golden::LstmState state;
  for (int k = 0; k < 16; ++k) {
    state.h.push_back(static_cast<std::int8_t>(k * 16 - 128));
    state.c.push_back(static_cast<std::int16_t>(k * 4000 - 32000));
  }
  const LstmBeats beats(engine());
  const auto initial = beats.initial(state, 2);
  const auto order = beat_order(engine(), 2);
  ASSERT_EQ(initial.size(), 4u);
  ASSERT_EQ(order.size(), 4u);
  for (std::size_t at = 0; at < initial.size(); ++at) {
    const StateBeat beat = beats.state(initial[at]);
    for (std::size_t k = 0; k < 4; ++k) {
      const auto from = static_cast<std::size_t>(order[at].unit * 8 + order[at].group * 4) + k;
      EXPECT_EQ(beat.h[k], state.h[from]);
      EXPECT_EQ(beat.c[k], state.c[from]);
    }
  }
}

TEST(LstmBeats, PortThatIsTooWideIsRefused) {
  golden::LstmEngine wide = engine();
  wide.lanes = 1000;
  EXPECT_THROW(LstmBeats{wide}, Error);
}

}  // namespace
}  // namespace lacuna::sim
