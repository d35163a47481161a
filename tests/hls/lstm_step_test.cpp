// SPDX-License-Identifier: Apache-2.0
// The step for high-level synthesis gives the golden model's bits, from the engine's own weight
// memory.
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>

#include "golden/lstm.h"
#include "golden/lstm_engine.h"
#include "hls/lac_bt_lstm_step.h"
#include "hls/lac_sparse_lstm_step.h"
#include "tests/golden/random_layer.h"

namespace lacuna::hls {
namespace {

constexpr int kSeed = 404;

LayerSettings settings_of(const golden::LstmLayer& layer, const golden::LstmLayout& layout) {
  return {layer.units,
          layer.inputs,
          layout.words,
          layout.block_words,
          layout.stride,
          layout.last_stride,
          layout.span,
          layer.pre_shift,
          layer.cell_frac,
          layer.threshold,
          golden::norm_shift(layer)};
}

template <int Capacity, int Batch>
void fill(ColumnList<Capacity, Batch>& list, const golden::Columns& columns) {
  list.count = static_cast<int>(columns.size());
  for (std::size_t k = 0; k < columns.size(); ++k) {
    list.index[k] = columns.index[k];
    std::copy_n(columns.value(k), Batch, list.value[k]);
  }
}

/// Static storage of one engine and the layer in it.
template <int MaxUnits, int MaxInputs, int Batch, int Lanes, int Depth, int WeightBits = 8,
          bool CellNorm = false>
struct Bench {
  using Step = LstmStep<MaxUnits, MaxInputs, Batch, Lanes, Depth, WeightBits, CellNorm>;

  LayerSettings settings;
  std::vector<std::uint8_t> weights;
  UnitParameters parameters[MaxUnits];
  typename Step::InputList x;
  typename Step::StateList h[2];
  bool runs[Batch];
  std::int16_t c[MaxUnits][Batch];

  explicit Bench(const golden::LstmLayer& layer) {
    golden::LstmEngine engine;
    engine.lanes = Lanes;
    engine.batch = Batch;
    engine.ew_width = 1;
    engine.depth = Depth;
    engine.max_units = MaxUnits;
    engine.max_inputs = MaxInputs;
    engine.weight_bits = WeightBits;
    engine.acc_width = golden::accumulator_width(golden::weight_format_of_bits(WeightBits));
    engine.cell_norm = CellNorm;
    const golden::LstmLayout layout = plan_layout(layer, engine);
    settings = settings_of(layer, layout);
    weights = weight_image(layer, engine, layout);
    for (int unit = 0; unit < layer.units; ++unit) {
      const std::vector<std::uint16_t> words = unit_parameters(layer, engine, unit);
      for (std::size_t gate = 0; gate < kGates; ++gate) {
        parameters[unit].scale_x[gate] = static_cast<std::int16_t>(words[3 * gate]);
        parameters[unit].scale_h[gate] = static_cast<std::int16_t>(words[3 * gate + 1]);
        parameters[unit].bias[gate] = static_cast<std::int16_t>(words[3 * gate + 2]);
      }
      if (CellNorm) {
        parameters[unit].norm_scale = static_cast<std::int16_t>(words[12]);
        parameters[unit].norm_offset = static_cast<std::int16_t>(words[13]);
      }
    }
  }

  void step(int number) {
    Step::run(settings, weights.data(), parameters, x, h[number % 2], runs, c, h[(number + 1) % 2]);
  }
};

/// Runs both on the same random vectors and compares lists and cells after every step.
template <typename Engine>
void expect_equal_to_golden(Engine& bench, const golden::LstmLayer& layer, golden::Dice& dice,
                            int batch, int steps) {
  std::vector<int> lengths;
  golden::LstmState initial;
  for (int b = 0; b < batch; ++b) lengths.push_back(dice.roll(0, steps + 1));
  for (int i = 0; i < layer.units * batch; ++i) {
    initial.h.push_back(static_cast<std::int8_t>(dice.chance(60) ? 0 : dice.roll(-128, 127)));
    initial.c.push_back(static_cast<std::int16_t>(dice.roll(-32768, 32767)));
    bench.c[i / batch][i % batch] = initial.c.back();
  }
  golden::Lstm model(layer, batch);
  model.start(lengths, initial);
  fill(bench.h[0], model.kept());
  for (int step = 0; step < steps; ++step) {
    SCOPED_TRACE("step " + std::to_string(step));
    const auto x =
        golden::encode_columns(golden::random_values(dice, layer.inputs, batch, 30), batch);
    fill(bench.x, x);
    for (int b = 0; b < batch; ++b) bench.runs[b] = step < lengths[static_cast<std::size_t>(b)];
    bench.step(step);
    model.step(x);
    const auto& list = bench.h[(step + 1) % 2];
    const golden::LstmState state = model.state();
    ASSERT_EQ(list.count, static_cast<int>(model.kept().size()));
    for (int k = 0; k < list.count; ++k) {
      const auto kept = static_cast<std::size_t>(k);
      ASSERT_EQ(list.index[k], model.kept().index[kept]);
      for (int b = 0; b < batch; ++b) {
        ASSERT_EQ(list.value[k][b], model.kept().value(kept)[b])
            << "unit " << list.index[k] << ", stream " << b;
      }
    }
    for (int i = 0; i < layer.units * batch; ++i) {
      ASSERT_EQ(bench.c[i / batch][i % batch], state.c[static_cast<std::size_t>(i)])
          << "c of unit " << i / batch << ", stream " << i % batch;
    }
  }
}

template <int Batch, int Lanes, int Depth, int WeightBits = 8, bool CellNorm = false>
void expect_equal_at_odd_sizes(int seed) {
  golden::Dice dice(static_cast<std::uint64_t>(seed));
  for (const auto& [inputs, units] :
       std::vector<std::pair<int, int>>{{1, 1}, {3, 2}, {9, 7}, {30, 61}, {100, 64}, {17, 257}}) {
    SCOPED_TRACE(std::to_string(inputs) + " inputs, " + std::to_string(units) + " units, seed " +
                 std::to_string(seed));
    golden::LstmLayer layer =
        golden::random_layer(dice, inputs, units, golden::weight_format_of_bits(WeightBits));
    layer.threshold = dice.roll(0, 80);
    layer.pre_shift = dice.roll(0, 20);
    if (CellNorm && dice.chance(70)) layer.cell_norm = golden::random_norm(dice, units);
    using Engine = Bench<257, 100, Batch, Lanes, Depth, WeightBits, CellNorm>;
    const auto bench = std::make_unique<Engine>(layer);
    ASSERT_NO_FATAL_FAILURE(expect_equal_to_golden(*bench, layer, dice, Batch, 5));
  }
}

TEST(LstmStep, EqualsGoldenAtReferenceLanes) { expect_equal_at_odd_sizes<8, 24, 16>(kSeed); }
TEST(LstmStep, EqualsGoldenWithOneStream) { expect_equal_at_odd_sizes<1, 8, 4>(kSeed + 1); }
TEST(LstmStep, EqualsGoldenWithOneUnitAWord) { expect_equal_at_odd_sizes<3, 4, 33>(kSeed + 2); }

TEST(LstmStep, EqualsGoldenWithTwelveBits) {
  expect_equal_at_odd_sizes<2, 16, 16, 12, true>(kSeed + 4);
}
TEST(LstmStep, EqualsGoldenWithTernaryWeights) {
  expect_equal_at_odd_sizes<8, 96, 16, 2, true>(kSeed + 5);
}
TEST(LstmStep, EqualsGoldenWithBinaryWeights) {
  expect_equal_at_odd_sizes<3, 44, 5, 1, true>(kSeed + 6);
}

TEST(LstmStep, TopFunctionsEqualGolden) {
  golden::Dice dice(kSeed + 3);
  struct Reference : Bench<1024, 1024, 8, 24, 16> {
    using Bench::Bench;
    void step(int number) {
      lac_sparse_lstm_step(settings, weights.data(), parameters, x, h[number % 2], runs, c,
                           h[(number + 1) % 2]);
    }
  };
  golden::LstmLayer layer = golden::random_layer(dice, 50, 200);
  layer.threshold = 70;
  const auto reference = std::make_unique<Reference>(layer);
  expect_equal_to_golden(*reference, layer, dice, 8, 4);

  struct Ternary : Bench<1024, 1024, 8, 96, 16, 2, true> {
    using Bench::Bench;
    void step(int number) {
      lac_bt_lstm_step(settings, weights.data(), parameters, x, h[number % 2], runs, c,
                       h[(number + 1) % 2]);
    }
  };
  layer = golden::random_layer(dice, 50, 200, golden::WeightFormat::kTernary);
  layer.cell_norm = golden::random_norm(dice, 200);
  const auto ternary = std::make_unique<Ternary>(layer);
  expect_equal_to_golden(*ternary, layer, dice, 8, 4);
}

}  // namespace
}  // namespace lacuna::hls
