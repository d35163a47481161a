// SPDX-License-Identifier: Apache-2.0
#include "sim/lstm/regression.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "golden/fixed_point.h"
#include "golden/random.h"

namespace lacuna::sim {
namespace {

constexpr std::array<const char*, 11> kConfigurations{
    "small",         "three",        "single",     "small_dense",        "small_int12",
    "small_ternary", "small_binary", "small_int8", "small_binary_dense", "turns",
    "turns_ternary"};
constexpr int kMostUnits = 257, kMostInputs = 100;
constexpr int kWork =
    60'000;  ///< columns x units x steps of a sequence, about: keeps a case within seconds

int integer(golden::Random& random, int low, int high) {
  return static_cast<int>(random.integer(low, high));
}

std::int16_t draw_weight(golden::Random& random, golden::WeightFormat format) {
  int weight = 0;
  do {
    weight = integer(random, golden::weight_minimum(format), golden::weight_maximum(format));
  } while (!golden::holds(format, weight));
  return static_cast<std::int16_t>(weight);
}

/// Mostly the engine's own format, sometimes one whose weights it holds as well.
golden::WeightFormat draw_format(golden::Random& random, const golden::LstmEngine& engine) {
  const auto own = golden::weight_format_of_bits(engine.weight_bits);
  if (random.chance(0.7)) return own;
  std::vector<golden::WeightFormat> held;
  for (const auto format : golden::weight_formats()) {
    if (golden::holds(own, format)) held.push_back(format);
  }
  return held[static_cast<std::size_t>(integer(random, 0, static_cast<int>(held.size()) - 1))];
}

std::vector<std::vector<std::int8_t>> draw_dense(golden::Random& random, int inputs, int streams,
                                                 int steps, double zeros) {
  std::vector<std::vector<std::int8_t>> dense;
  for (int step = 0; step < steps; ++step) {
    auto& vector = dense.emplace_back();
    for (int position = 0; position < inputs; ++position) {
      const bool zero = random.chance(zeros);
      for (int stream = 0; stream < streams; ++stream) {
        vector.push_back(
            static_cast<std::int8_t>(zero || random.chance(0.2) ? 0 : random.integer(-128, 127)));
      }
    }
  }
  return dense;
}

golden::LstmState draw_state(golden::Random& random, int units, int streams) {
  golden::LstmState state;
  for (int i = 0; i < units * streams; ++i) {
    state.h.push_back(static_cast<std::int8_t>(random.chance(0.5) ? 0 : random.integer(-128, 127)));
    state.c.push_back(static_cast<std::int16_t>(random.integer(-32768, 32767)));
  }
  return state;
}

SequenceInput draw_sequence(golden::Random& random, const golden::LstmLayer& layer, int streams,
                            int steps, double zeros) {
  SequenceInput input;
  for (int stream = 0; stream < streams; ++stream)
    input.lengths.push_back(integer(random, 0, steps));
  input.lengths[static_cast<std::size_t>(integer(random, 0, streams - 1))] = steps;
  if (layer.input == golden::InputKind::kOneHot) {
    for (int stream = 0; stream < streams; ++stream) {
      auto& symbols = input.symbols.emplace_back();
      for (int step = 0; step < steps; ++step)
        symbols.push_back(integer(random, 0, layer.inputs - 1));
    }
  } else {
    input.dense = draw_dense(random, layer.inputs, streams, steps, zeros);
  }
  return input;
}

}  // namespace

LstmCase draw_case(std::uint64_t seed, int index) {
  golden::Random random(seed * 1'000'003 + static_cast<std::uint64_t>(index));
  LstmCase which;
  which.configuration = kConfigurations[static_cast<std::size_t>(index) % kConfigurations.size()];
  which.seed = random.bits() >> 32;
  // Small sizes are as likely as large ones: the ends of lists and blocks are where faults hide.
  const auto size = [&](int most) {
    return random.chance(0.5) ? integer(random, 1, std::min(most, 12)) : integer(random, 1, most);
  };
  which.units = size(kMostUnits);
  which.inputs = size(kMostInputs);
  which.streams = integer(random, 1, lstm_configuration(which.configuration).engine.batch);
  which.latency = random.chance(0.5) ? 1 : integer(random, 2, 60);
  which.jitter = random.chance(0.5) ? 0 : integer(random, 1, 40);
  which.name = fmt::format("lstm.{}.seed{}.case{}.units{}.inputs{}.batch{}", which.configuration,
                           seed, index, which.units, which.inputs, which.streams);
  return which;
}

golden::LstmLayer draw_layer(const LstmCase& which) {
  golden::Random random(which.seed);
  golden::LstmLayer layer;
  layer.name = which.name;
  layer.units = which.units;
  layer.inputs = which.inputs;
  layer.input = random.chance(0.3) ? golden::InputKind::kOneHot : golden::InputKind::kDense;
  layer.input_frac = layer.input == golden::InputKind::kOneHot ? golden::kOneHotFrac : 7;
  layer.pre_shift = integer(random, 8, 16);
  layer.cell_frac = integer(random, golden::kMinCellFrac, golden::kMaxCellFrac);
  layer.threshold = random.chance(0.25) ? 0 : integer(random, 1, 100);
  const golden::LstmEngine& engine = lstm_configuration(which.configuration).engine;
  layer.weight_format = draw_format(random, engine);
  const auto weights = [&](int columns) {
    return golden::WeightMatrix::NullaryExpr(
        4 * layer.units, columns,
        [&](Eigen::Index, Eigen::Index) { return draw_weight(random, layer.weight_format); });
  };
  layer.weight_x = weights(layer.inputs);
  layer.weight_h = weights(layer.units);
  // Sums of wide weights are large, those of few values small: pre-activations shall be neither.
  const int scale =
      std::min(32767, (32 << layer.pre_shift) / golden::weight_maximum(layer.weight_format));
  for (int row = 0; row < 4 * layer.units; ++row) {
    layer.scale_x.push_back(static_cast<std::int16_t>(random.integer(-scale, scale)));
    layer.scale_h.push_back(static_cast<std::int16_t>(random.integer(-scale, scale)));
    layer.bias.push_back(static_cast<std::int16_t>(random.integer(-4096, 4096)));
  }
  // Also layers without normalisation run on engines that have it.
  if (engine.cell_norm && random.chance(0.7)) {
    golden::CellNorm& norm = layer.cell_norm.emplace();
    norm.shift =
        random.chance(0.2) ? integer(random, 0, golden::kMaxNormShift) : integer(random, 10, 18);
    for (int unit = 0; unit < layer.units; ++unit) {
      norm.scale.push_back(static_cast<std::int16_t>(random.integer(-32768, 32767)));
      norm.offset.push_back(static_cast<std::int16_t>(random.integer(-8192, 8192)));
    }
  }
  return layer;
}

LstmWorkload draw_workload(const LstmCase& which, const golden::LstmLayer& layer) {
  golden::Random random(which.seed + 1);
  LstmWorkload workload =
      make_workload(layer, lstm_configuration(which.configuration).engine, which.latency);
  const int work = layer.units * (layer.units + layer.inputs);
  const int steps = std::clamp(kWork / work, 3, 8);  // three: lists are handed over twice
  const auto add = [&](SequenceInput input) { add_sequence(workload, layer, input); };

  add(draw_sequence(random, layer, which.streams, 1, 0.3));
  SequenceInput cut = draw_sequence(random, layer, which.streams, steps, 0.5);
  cut.reset_after = static_cast<std::uint64_t>(integer(random, 1, 30 + workload.layout.words));
  add(cut);
  SequenceInput begun = draw_sequence(random, layer, which.streams, steps, 0.5);
  begun.initial = draw_state(random, layer.units, which.streams);
  add(begun);
  if (layer.input == golden::InputKind::kDense)
    add(draw_sequence(random, layer, which.streams, std::min(steps, 2), 1.0));
  add(draw_sequence(random, layer, which.streams, steps, 0.7));
  return workload;
}

RegressionOutcome run_lstm_case(std::uint64_t seed, int index) {
  const LstmCase which = draw_case(seed, index);
  return StalledCase(which.name).run([&](StalledCase& runs) {
    const golden::LstmLayer layer = draw_layer(which);
    const LstmWorkload workload = draw_workload(which, layer);
    for (const double stall : StalledCase::kStalls) {
      PlatformOptions options;
      options.stall = stall;
      options.seed = which.seed;
      options.jitter = stall > 0 ? which.jitter : 0;
      const RunResult result =
          run_platform(lstm_configuration(which.configuration), workload, options);
      std::string failure;
      if (result.mismatch) {
        failure = result.mismatch->str();
      } else if (stall == 0) {
        failure = cycle_difference(workload, result);
      }
      if (!runs.add(stall, result.vectors_compared, result.total(), result.seconds, failure)) break;
    }
  });
}

}  // namespace lacuna::sim
