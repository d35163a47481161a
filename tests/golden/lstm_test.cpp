// SPDX-License-Identifier: Apache-2.0
// The golden layer equals docs/lstm.md, every intermediate of every step and stream.
#include "golden/lstm.h"

#include <gtest/gtest.h>

#include <functional>

#include "golden/error.h"
#include "lstm_reference.h"
#include "random_layer.h"

namespace lacuna::golden {
namespace {

constexpr int kSeed = 20200;

std::vector<std::int64_t> stream_of(const std::vector<std::int8_t>& dense, int batch, int stream) {
  std::vector<std::int64_t> values;
  for (std::size_t i = static_cast<std::size_t>(stream); i < dense.size();
       i += static_cast<std::size_t>(batch)) {
    values.push_back(dense[i]);
  }
  return values;
}

template <typename Golden>
void expect_stream(const char* what, const std::vector<Golden>& golden, int batch, int stream,
                   const std::vector<std::int64_t>& expected) {
  ASSERT_EQ(golden.size(), expected.size() * static_cast<std::size_t>(batch)) << what;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    ASSERT_EQ(static_cast<std::int64_t>(
                  golden[i * static_cast<std::size_t>(batch) + static_cast<std::size_t>(stream)]),
              expected[i])
        << what << "[" << i << "], stream " << stream;
  }
}

/// Runs golden and reference side by side over random dense input.
void expect_equal_to_reference(const LstmLayer& layer, Dice& dice, const std::vector<int>& lengths,
                               int steps, int zero_percent, const LstmState* initial = nullptr) {
  const int batch = static_cast<int>(lengths.size());
  Lstm golden(layer, batch);
  std::vector<LstmReference> references(static_cast<std::size_t>(batch), LstmReference(layer));
  if (initial != nullptr) {
    golden.start(lengths, *initial);
  } else {
    golden.start(lengths);
  }
  const LstmState start = golden.state();
  for (int b = 0; b < batch; ++b) {
    std::vector<std::int64_t> c;
    for (int u = 0; u < layer.units; ++u)
      c.push_back(start.c[static_cast<std::size_t>(u * batch + b)]);
    references[static_cast<std::size_t>(b)].start(stream_of(start.h, batch, b), c);
  }
  LstmTrace trace;
  for (int step = 0; step < steps; ++step) {
    SCOPED_TRACE("step " + std::to_string(step));
    const std::vector<std::int8_t> x = random_values(dice, layer.inputs, batch, zero_percent);
    golden.step(encode_columns(x, batch), &trace);
    const LstmState state = golden.state();
    for (int b = 0; b < batch; ++b) {
      LstmReference& reference = references[static_cast<std::size_t>(b)];
      reference.step(stream_of(x, batch, b), step >= lengths[static_cast<std::size_t>(b)]);
      ASSERT_NO_FATAL_FAILURE(expect_stream("acc_x", trace.acc_x, batch, b, reference.acc_x));
      ASSERT_NO_FATAL_FAILURE(expect_stream("acc_h", trace.acc_h, batch, b, reference.acc_h));
      ASSERT_NO_FATAL_FAILURE(expect_stream("pre", trace.pre, batch, b, reference.pre));
      ASSERT_NO_FATAL_FAILURE(expect_stream("gate", trace.gate, batch, b, reference.gate));
      ASSERT_NO_FATAL_FAILURE(expect_stream("h_dense", trace.h_dense, batch, b, reference.h_dense));
      ASSERT_NO_FATAL_FAILURE(expect_stream("h", state.h, batch, b, reference.h));
      ASSERT_NO_FATAL_FAILURE(expect_stream("c", state.c, batch, b, reference.c));
    }
    const Columns kept = encode_columns(state.h, batch);
    ASSERT_EQ(golden.kept().index, kept.index);
    ASSERT_EQ(golden.kept().values, kept.values);
  }
}

TEST(Lstm, EqualsTheReferenceForOddSizes) {
  Dice dice(kSeed);
  const std::vector<std::pair<int, int>> sizes = {{1, 1},   {100, 1}, {3, 15},  {4, 16},
                                                  {5, 17},  {37, 63}, {64, 64}, {99, 65},
                                                  {7, 130}, {50, 257}};
  for (const auto& [inputs, units] : sizes) {
    for (const int batch : {1, 2, 3, 5, 8}) {
      SCOPED_TRACE("inputs " + std::to_string(inputs) + ", units " + std::to_string(units) +
                   ", batch " + std::to_string(batch) + ", seed " + std::to_string(kSeed));
      LstmLayer layer = random_layer(dice, inputs, units);
      layer.threshold = dice.roll(0, 60);
      ASSERT_NO_FATAL_FAILURE(expect_equal_to_reference(
          layer, dice, std::vector<int>(static_cast<std::size_t>(batch), 9), 3, 30));
    }
  }
}

TEST(Lstm, EqualsTheReferenceForEveryWeightFormatAndNormalisedCells) {
  Dice dice(kSeed + 20);
  for (const WeightFormat format : weight_formats()) {
    for (const bool normalised : {false, true}) {
      SCOPED_TRACE(std::string(name_of(format)) + (normalised ? ", normalised" : ""));
      LstmLayer layer = random_layer(dice, 37, 53, format);
      if (normalised) layer.cell_norm = random_norm(dice, 53);
      layer.threshold = 20;
      ASSERT_NO_FATAL_FAILURE(expect_equal_to_reference(layer, dice, {6, 6, 2}, 6, 30));
    }
  }
}

TEST(Lstm, EqualsTheReferenceForLargeBatches) {
  Dice dice(kSeed + 1);
  for (const int batch : {9, 16, 23, 64}) {
    SCOPED_TRACE("batch " + std::to_string(batch));
    const LstmLayer layer = random_layer(dice, 21, 70);
    ASSERT_NO_FATAL_FAILURE(expect_equal_to_reference(
        layer, dice, std::vector<int>(static_cast<std::size_t>(batch), 9), 3, 30));
  }
}

TEST(Lstm, EqualsTheReferenceForManyColumns) {
  // More columns than one panel of the kernel holds.
  Dice dice(kSeed + 2);
  const LstmLayer layer = random_layer(dice, 600, 20);
  expect_equal_to_reference(layer, dice, {9, 9, 9}, 2, 10);
}

TEST(Lstm, EqualsTheReferenceForEveryShiftAndCellFormat) {
  Dice dice(kSeed + 3);
  for (int shift = 0; shift <= 31; ++shift) {
    for (int cell_frac = 8; cell_frac <= 12; ++cell_frac) {
      SCOPED_TRACE("pre_shift " + std::to_string(shift) + ", cell_frac " +
                   std::to_string(cell_frac));
      LstmLayer layer = random_layer(dice, 9, 18);
      layer.pre_shift = shift;
      layer.cell_frac = cell_frac;
      ASSERT_NO_FATAL_FAILURE(expect_equal_to_reference(layer, dice, {4, 4}, 4, 30));
    }
  }
}

TEST(Lstm, EqualsTheReferenceAtTheEndsOfEveryFormat) {
  // All numbers at one end: sums, pre-activations, cell and state saturate, and nothing wraps
  // around.
  Dice dice(kSeed + 4);
  for (int round = 0; round < 80; ++round) {
    const WeightFormat format = weight_formats()[static_cast<std::size_t>(round) % 4];
    SCOPED_TRACE("round " + std::to_string(round) + ", " + name_of(format));
    LstmLayer layer = random_layer(dice, 40, 33, format);
    const auto end = [&](auto low, auto high) { return dice.chance(50) ? low : high; };
    const int most = weight_maximum(format), least = weight_minimum(format);
    const auto ends = [&](std::int16_t) { return static_cast<std::int16_t>(end(least, most)); };
    layer.weight_x = layer.weight_x.unaryExpr(ends);
    layer.weight_h = layer.weight_h.unaryExpr(ends);
    if (dice.chance(50)) {
      CellNorm& norm = layer.cell_norm.emplace(random_norm(dice, 33));
      norm.shift = end(0, kMaxNormShift);
      for (auto* values : {&norm.scale, &norm.offset}) {
        for (std::int16_t& value : *values) value = static_cast<std::int16_t>(end(-32768, 32767));
      }
    }
    for (auto* values : {&layer.scale_x, &layer.scale_h, &layer.bias}) {
      for (std::int16_t& value : *values) value = static_cast<std::int16_t>(end(-32768, 32767));
    }
    layer.pre_shift = dice.roll(0, 31);
    LstmState initial;
    for (int i = 0; i < 33 * 2; ++i) {
      initial.h.push_back(static_cast<std::int8_t>(end(-128, 127)));
      initial.c.push_back(static_cast<std::int16_t>(end(-32768, 32767)));
    }
    ASSERT_NO_FATAL_FAILURE(expect_equal_to_reference(layer, dice, {9, 9}, 3, 0, &initial));
  }
}

TEST(Lstm, CellSaturatesAtBothEnds) {
  Dice dice(kSeed + 5);
  LstmLayer layer = random_layer(dice, 2, 2);
  for (int unit = 0; unit < 2; ++unit) {
    for (int gate = 0; gate < 4; ++gate)
      layer.bias[static_cast<std::size_t>(gate * 2 + unit)] = 32767;
  }
  layer.bias[2 * 2 + 1] = -32768;  // the second unit's g
  layer.cell_frac = 12;
  layer.weight_x.setZero();
  layer.weight_h.setZero();
  Lstm golden(layer, 1);
  golden.start({100});
  for (int step = 0; step < 20; ++step) golden.step(encode_columns({0, 0}, 1));
  EXPECT_EQ(golden.state().c, (std::vector<std::int16_t>{32767, -32768}));
  EXPECT_EQ(golden.state().h, (std::vector<std::int8_t>{127, -128}));
}

TEST(Lstm, StreamsEndAtTheirLengthAndHoldTheirCell) {
  Dice dice(kSeed + 6);
  const LstmLayer layer = random_layer(dice, 6, 20);
  ASSERT_NO_FATAL_FAILURE(expect_equal_to_reference(layer, dice, {5, 0, 2, 1}, 6, 30));

  Lstm golden(layer, 2);
  golden.start({1, 2});
  golden.step(encode_columns(random_values(dice, 6, 2, 0), 2));
  const LstmState first = golden.state();
  golden.step(encode_columns(random_values(dice, 6, 2, 0), 2));
  for (std::size_t i = 0; i < first.c.size(); i += 2) {
    EXPECT_EQ(golden.state().h[i], 0);
    EXPECT_EQ(golden.state().c[i], first.c[i]);
  }
}

TEST(Lstm, StartsFromZeroFromTheLayerOrFromAGivenState) {
  Dice dice(kSeed + 7);
  LstmLayer layer = random_layer(dice, 3, 2);
  Lstm golden(layer, 2);
  golden.start({1, 1});
  EXPECT_EQ(golden.state().h, (std::vector<std::int8_t>{0, 0, 0, 0}));
  EXPECT_EQ(golden.kept().size(), 0u);

  layer.initial_h = {5, -6};
  layer.initial_c = {700, -800};
  golden.start({1, 1});
  EXPECT_EQ(golden.state().h, (std::vector<std::int8_t>{5, 5, -6, -6}));
  EXPECT_EQ(golden.state().c, (std::vector<std::int16_t>{700, 700, -800, -800}));

  golden.start({1, 1}, {{0, 0, 3, 0}, {1, 2, 3, 4}});
  EXPECT_EQ(golden.kept().index, (std::vector<std::uint16_t>{1}));
  EXPECT_EQ(golden.state().c, (std::vector<std::int16_t>{1, 2, 3, 4}));
  EXPECT_THROW(golden.start({1, 1}, {{0, 0}, {0, 0}}), Error);
  EXPECT_THROW(golden.start({1}), Error);
}

TEST(Lstm, SymbolsAreDenseVectorsWithOneEntry) {
  Dice dice(kSeed + 8);
  const LstmLayer layer = random_layer(dice, 50, 40);
  Lstm by_symbol(layer, 3), by_vector(layer, 3);
  by_symbol.start({9, 9, 9});
  by_vector.start({9, 9, 9});
  for (const std::vector<int>& symbols :
       {std::vector<int>{4, 49, 4}, {0, 0, 0}, {7, -1, 3}, {-1, -1, -1}}) {
    std::vector<std::int8_t> dense(50 * 3, 0);
    for (std::size_t b = 0; b < 3; ++b) {
      if (symbols[b] >= 0) dense[static_cast<std::size_t>(symbols[b]) * 3 + b] = 64;
    }
    by_symbol.step(encode_symbols(symbols));
    by_vector.step(encode_columns(dense, 3, false));
    EXPECT_EQ(by_symbol.state().h, by_vector.state().h);
    EXPECT_EQ(by_symbol.state().c, by_vector.state().c);
  }
}

TEST(Lstm, ResultDoesNotDependOnATrace) {
  Dice dice(kSeed + 9);
  const LstmLayer layer = random_layer(dice, 10, 200);
  Lstm with(layer, 8), without(layer, 8);
  with.start(std::vector<int>(8, 3));
  without.start(std::vector<int>(8, 3));
  LstmTrace trace;
  for (int step = 0; step < 3; ++step) {
    const Columns x = encode_columns(random_values(dice, 10, 8, 0), 8);
    with.step(x, &trace);
    without.step(x);
  }
  EXPECT_EQ(with.state().h, without.state().h);
  EXPECT_EQ(with.state().c, without.state().c);
}

TEST(Lstm, RefusesInputThatDoesNotFit) {
  Dice dice(kSeed + 10);
  const LstmLayer layer = random_layer(dice, 10, 4);
  Lstm golden(layer, 2);
  golden.start({1, 1});
  EXPECT_THROW(golden.step(encode_symbols({10, 0})), Error);
  EXPECT_THROW(golden.step(encode_symbols({1})), Error);
}

TEST(Lstm, CountsItsWork) {
  Dice dice(kSeed + 11);
  LstmLayer layer = random_layer(dice, 5, 3);
  layer.threshold = 128;  // no state but -128 survives
  layer.weight_x.setZero();
  Lstm golden(layer, 2);
  golden.start({1, 1}, {{0, 0, 9, 0, 0, 0}, std::vector<std::int16_t>(6, 0)});
  golden.step(encode_columns({1, 1, 0, 0, 0, 2, 0, 0, 0, 0}, 2));
  const LstmEvents events = golden.events();
  EXPECT_EQ(events.steps, 1u);
  EXPECT_EQ(events.columns, 3u);          // two of x, one of h
  EXPECT_EQ(events.columns_skipped, 2u);  // of h
  EXPECT_EQ(events.macs, 3u * 12 * 2);
  EXPECT_EQ(events.macs_nonzero, 4u * 12);
  EXPECT_EQ(events.macs_skipped, 2u * 12 * 2);
  EXPECT_EQ(events.weight_bytes, 3u * 12);
  EXPECT_EQ(events.sum_accesses, 2u * 72 + 2 * 24);
  EXPECT_EQ(events.elementwise_multiplies, 66u);
  EXPECT_EQ(events.activations, 30u);
  EXPECT_EQ(events.state_accesses, 12u);
  EXPECT_EQ(events.list_accesses, 6u);
}

}  // namespace
}  // namespace lacuna::golden
