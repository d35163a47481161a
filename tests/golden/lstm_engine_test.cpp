// SPDX-License-Identifier: Apache-2.0
// How a layer lies in the recurrent engine's weight memory (docs/lstm.md, "Weights in memory").
#include "golden/lstm_engine.h"

#include <gtest/gtest.h>

#include "golden/error.h"
#include "random_layer.h"

namespace lacuna::golden {
namespace {

constexpr int kSeed = 7;

LstmEngine small_engine(int lanes, int depth) {
  LstmEngine engine;
  engine.lanes = lanes;
  engine.depth = depth;
  return engine;
}

LstmLayer layer_of(int inputs, int units) {
  Dice dice(kSeed);
  return random_layer(dice, inputs, units);
}

TEST(PlanLayout, ReferenceNetwork) {
  LstmLayer layer = layer_of(50, 1000);
  layer.weight_h.setConstant(1);  // random rows of this length need more than 24 bits
  const LstmLayout layout = plan_layout(layer, LstmEngine{});
  EXPECT_EQ(layout.words, 167);  // 1000 units, six a word
  EXPECT_EQ(layout.blocks, 11);
  EXPECT_EQ(layout.block_words, 16);
  EXPECT_EQ(layout.last_words, 7);
  EXPECT_EQ(layout.columns, 1050);
  EXPECT_EQ(layout.stride, 384u);       // 16 words of 24 bytes
  EXPECT_EQ(layout.last_stride, 192u);  // 7 x 24 = 168, rounded up to 32
  EXPECT_EQ(layout.span, 1050u * 384);
  EXPECT_EQ(layout.bytes, 10u * 1050 * 384 + 1050u * 192);
}

TEST(PlanLayout, SmallLayersStillHaveThreeBlocks) {
  const LstmLayout layout = plan_layout(layer_of(1, 100), LstmEngine{});
  EXPECT_EQ(layout.words, 17);
  EXPECT_EQ(layout.block_words, 6);
  EXPECT_EQ(layout.blocks, 3);
  EXPECT_EQ(layout.last_words, 5);
}

TEST(PlanLayout, TinyLayersHaveABlockAWord) {
  const LstmLayout one = plan_layout(layer_of(1, 1), LstmEngine{});
  EXPECT_EQ(one.blocks, 1);
  EXPECT_EQ(one.block_words, 1);
  EXPECT_EQ(one.last_words, 1);
  EXPECT_EQ(one.stride, 32u);
  const LstmLayout two = plan_layout(layer_of(1, 7), LstmEngine{});
  EXPECT_EQ(two.blocks, 2);
}

TEST(PlanLayout, BlocksAreWholeForAnySize) {
  for (int units = 1; units <= 257; ++units) {
    for (const int lanes : {4, 8, 24}) {
      for (const int depth : {1, 2, 5, 16}) {
        const LstmLayout layout = plan_layout(layer_of(1, units), small_engine(lanes, depth));
        ASSERT_LE(layout.block_words, depth);
        ASSERT_GE(layout.last_words, 1);
        ASSERT_LE(layout.last_words, layout.block_words);
        int words = 0;
        for (int block = 0; block < layout.blocks; ++block) words += layout.words_of(block);
        ASSERT_EQ(words, layout.words) << units << " units, " << lanes << " lanes, depth " << depth;
      }
    }
  }
}

TEST(PlanLayout, RefusesWhatDoesNotFit) {
  LstmEngine engine;
  engine.max_units = 10;
  engine.max_inputs = 5;
  EXPECT_NO_THROW(plan_layout(layer_of(5, 10), engine));
  EXPECT_THROW(plan_layout(layer_of(5, 11), engine), Error);
  EXPECT_THROW(plan_layout(layer_of(6, 10), engine), Error);

  LstmLayer heavy = layer_of(5, 10);
  heavy.weight_h.setConstant(-128);
  engine.acc_width = heavy.accumulator_bits();
  EXPECT_NO_THROW(plan_layout(heavy, engine));
  engine.acc_width -= 1;
  EXPECT_THROW(plan_layout(heavy, engine), Error);

  LstmLayer ternary = layer_of(5, 10);
  LstmEngine narrow;
  narrow.weight_bits = 2;
  EXPECT_THROW(plan_layout(layer_of(5, 10), narrow), Error) << "int8 weights, ternary engine";
  ternary.weight_format = WeightFormat::kTernary;
  ternary.weight_x.setConstant(-1);
  ternary.weight_h.setConstant(1);
  EXPECT_NO_THROW(plan_layout(ternary, narrow));
  EXPECT_NO_THROW(plan_layout(ternary, LstmEngine{})) << "eight bits hold ternary weights";
  ternary.cell_norm =
      CellNorm{14, std::vector<std::int16_t>(10, 1), std::vector<std::int16_t>(10, 0)};
  EXPECT_THROW(plan_layout(ternary, LstmEngine{}), Error) << "an engine without normalisation";
  EXPECT_THROW(plan_layout(layer_of(5, 10), small_engine(6, 16)), Error);
  EXPECT_THROW(plan_layout(layer_of(5, 10), small_engine(24, 0)), Error);
  engine = LstmEngine{};
  engine.ew_width = 3;
  EXPECT_THROW(plan_layout(layer_of(5, 10), engine), Error);
  engine = LstmEngine{};
  engine.ew_gates = 2;
  EXPECT_THROW(plan_layout(layer_of(5, 10), engine), Error);
}

TEST(WeightImage, EveryWeightLiesWhereTheDocumentSays) {
  // Word w holds units w x lanes/4 ..; lane = 4 x slot + gate; block-major, columns of x before
  // those of h.
  for (const auto& [inputs, units, lanes, depth] : std::vector<std::array<int, 4>>{
           {3, 7, 8, 1}, {5, 29, 24, 16}, {1, 50, 4, 4}, {9, 100, 12, 3}}) {
    const LstmLayer layer = layer_of(inputs, units);
    const LstmEngine engine = small_engine(lanes, depth);
    const LstmLayout layout = plan_layout(layer, engine);
    const std::vector<std::uint8_t> image = weight_image(layer, engine, layout);
    ASSERT_EQ(image.size(), layout.bytes);
    std::vector<bool> used(image.size(), false);
    for (int unit = 0; unit < units; ++unit) {
      const int word = unit / engine.slots(), slot = unit % engine.slots();
      const int block = word / layout.block_words, word_of_block = word % layout.block_words;
      for (int column = 0; column < inputs + units; ++column) {
        ASSERT_EQ(layout.address(block, column) % static_cast<unsigned>(engine.port_bytes()), 0u);
        for (int gate = 0; gate < 4; ++gate) {
          const int lane = 4 * slot + gate;
          const std::size_t at = layout.address(block, column) +
                                 static_cast<std::size_t>(word_of_block * lanes + lane);
          const int row = gate * units + unit;
          const int weight =
              column < inputs ? layer.weight_x(row, column) : layer.weight_h(row, column - inputs);
          ASSERT_FALSE(used[at]);
          used[at] = true;
          ASSERT_EQ(static_cast<std::int8_t>(image[at]), weight)
              << "unit " << unit << ", column " << column << ", gate " << gate;
        }
      }
    }
    for (std::size_t at = 0; at < image.size(); ++at) {
      ASSERT_TRUE(used[at] || image[at] == 0) << "padding at " << at;
    }
  }
}

TEST(WeightImage, WordsOfFewBitsArePackedAndBeginAtBytes) {
  LstmLayer layer = layer_of(2, 7);
  layer.weight_format = WeightFormat::kBinary;
  layer.weight_x.setConstant(1);
  layer.weight_h.setConstant(1);
  layer.weight_x(1 * 7 + 4, 1) = -1;  // forget gate of unit 4, second input
  LstmEngine engine = small_engine(12, 2);
  engine.weight_bits = 1;
  const LstmLayout layout = plan_layout(layer, engine);
  EXPECT_EQ(engine.word_bytes(), 2);  // twelve bits
  const std::vector<std::uint8_t> image = weight_image(layer, engine, layout);
  // Unit 4 is slot 1 of word 1, which is word 0 or 1 of its block; lane 4 x 1 + 1 = 5.
  const int block = 1 / layout.block_words, word = 1 % layout.block_words;
  const std::size_t at = layout.address(block, 1) + static_cast<std::size_t>(2 * word);
  for (std::size_t byte = 0; byte < image.size(); ++byte) {
    EXPECT_EQ(image[byte], byte == at ? 1 << 5 : 0) << "byte " << byte;
  }
}

TEST(WeightImage, TwelveBitWeightsCrossBytes) {
  LstmLayer layer = layer_of(1, 1);
  layer.weight_format = WeightFormat::kInt12;
  layer.weight_x << 0x123, -1, 0x7ff, -2047;
  layer.weight_h.setZero();
  LstmEngine engine = small_engine(4, 1);
  engine.weight_bits = 12;
  engine.acc_width = 28;
  const LstmLayout layout = plan_layout(layer, engine);
  const std::vector<std::uint8_t> image = weight_image(layer, engine, layout);
  const std::vector<std::uint8_t> word(image.begin(), image.begin() + 6);
  EXPECT_EQ(word, (std::vector<std::uint8_t>{0x23, 0xf1, 0xff, 0xff, 0x17, 0x80}));
}

TEST(LstmEngine, PortHoldsAWord) {
  LstmEngine engine;
  EXPECT_EQ(engine.port_bytes(), 32);
  engine.lanes = 100;
  engine.weight_bits = 12;
  EXPECT_EQ(engine.word_bytes(), 150);
  EXPECT_EQ(engine.port_bytes(), 256);
}

TEST(UnitParameters, AreScalesAndBiasOfEachGateFromLowToHigh) {
  LstmLayer layer = layer_of(1, 2);
  layer.scale_x = {1, 2, 3, 4, 5, 6, 7, -8};
  layer.scale_h = {11, 12, 13, 14, 15, 16, 17, 18};
  layer.bias = {21, 22, 23, 24, 25, 26, 27, 28};
  EXPECT_EQ(unit_parameters(layer, LstmEngine{}, 1),
            (std::vector<std::uint16_t>{2, 12, 22, 4, 14, 24, 6, 16, 26, 65528, 18, 28}));
}

TEST(UnitParameters, EndWithTheCellsNormalisation) {
  LstmLayer layer = layer_of(1, 2);
  LstmEngine engine;
  engine.cell_norm = true;
  layer.cell_frac = 10;
  auto words = unit_parameters(layer, engine, 1);
  ASSERT_EQ(words.size(), 14U);
  EXPECT_EQ(words[12], 1 << 14) << "a cell without normalisation is scaled by 1";
  EXPECT_EQ(words[13], 0);
  EXPECT_EQ(norm_shift(layer), 12) << "2^14 / 2^12 = 4 takes ten fraction bits to twelve";
  layer.cell_norm = CellNorm{9, {5, -6}, {7, 8}};
  words = unit_parameters(layer, engine, 1);
  EXPECT_EQ(words[12], 65530);
  EXPECT_EQ(words[13], 8);
  EXPECT_EQ(norm_shift(layer), 9);
}

}  // namespace
}  // namespace lacuna::golden
