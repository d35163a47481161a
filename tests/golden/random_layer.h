// SPDX-License-Identifier: Apache-2.0
// Random layers and vectors for tests: the same on every machine for the same seed.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "golden/bundle.h"
#include "golden/random.h"

namespace lacuna::golden {

/// Short names for what tests roll all the time.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : random_(seed) {}
  /// low..high, both included.
  int roll(int low, int high) { return static_cast<int>(random_.integer(low, high)); }
  bool chance(int percent) { return roll(1, 100) <= percent; }

 private:
  Random random_;
};

/// A layer whose pre-activations spread over a few units of Q4.11, so that gates neither freeze nor
/// idle.
inline LstmLayer random_layer(Dice& dice, int inputs, int units,
                              WeightFormat format = WeightFormat::kInt8) {
  LstmLayer layer;
  layer.name = "lstm";
  layer.weight_format = format;
  layer.inputs = inputs;
  layer.units = units;
  layer.input_frac = 7;
  layer.pre_shift = 12;
  layer.cell_frac = dice.roll(8, 12);
  const auto rows = static_cast<std::size_t>(4 * units);
  const int most = weight_maximum(format), least = weight_minimum(format);
  const int scale = std::min(32767, (32 << layer.pre_shift) / most);
  const auto weights = [&](int columns) {
    return WeightMatrix::NullaryExpr(4 * units, columns, [&](Eigen::Index, Eigen::Index) {
      int weight = 0;
      do {
        weight = dice.roll(least, most);
      } while (!holds(format, weight));
      return static_cast<std::int16_t>(weight);
    });
  };
  layer.weight_x = weights(inputs);
  layer.weight_h = weights(units);
  for (std::size_t row = 0; row < rows; ++row) {
    layer.scale_x.push_back(static_cast<std::int16_t>(dice.roll(-scale, scale)));
    layer.scale_h.push_back(static_cast<std::int16_t>(dice.roll(-scale, scale)));
    layer.bias.push_back(static_cast<std::int16_t>(dice.roll(-4096, 4096)));
  }
  return layer;
}

inline CellNorm random_norm(Dice& dice, int units) {
  CellNorm norm;
  norm.shift = dice.roll(0, kMaxNormShift);
  for (int unit = 0; unit < units; ++unit) {
    norm.scale.push_back(static_cast<std::int16_t>(dice.roll(-32768, 32767)));
    norm.offset.push_back(static_cast<std::int16_t>(dice.roll(-32768, 32767)));
  }
  return norm;
}

/// Values of `count` positions, each zero for all streams with the chance `zero_percent`. Index
/// [position * batch + stream].
inline std::vector<std::int8_t> random_values(Dice& dice, int count, int batch, int zero_percent) {
  std::vector<std::int8_t> values;
  for (int position = 0; position < count; ++position) {
    const bool zero = dice.chance(zero_percent);
    for (int b = 0; b < batch; ++b) {
      values.push_back(
          static_cast<std::int8_t>(zero || dice.chance(20) ? 0 : dice.roll(-128, 127)));
    }
  }
  return values;
}

inline LinearLayer random_linear(Dice& dice, int inputs, int outputs) {
  LinearLayer layer;
  layer.name = "linear";
  layer.weight = Int8Matrix::NullaryExpr(outputs, inputs, [&](Eigen::Index, Eigen::Index) {
    return static_cast<std::int8_t>(dice.roll(-128, 127));
  });
  for (int output = 0; output < outputs; ++output) {
    layer.scale.push_back(static_cast<std::int16_t>(dice.roll(1, 2000)));
    layer.bias.push_back(dice.roll(-20000, 20000));
  }
  layer.logit_shift = 14;
  layer.logit_frac = 12;
  return layer;
}

}  // namespace lacuna::golden
