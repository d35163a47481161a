// SPDX-License-Identifier: Apache-2.0
// Random fully-connected layers for tests.
#pragma once

#include <algorithm>

#include "tests/golden/random_layer.h"

namespace lacuna::golden {

inline FcLayer random_fc(Dice& dice, int inputs, int outputs, WeightFormat format,
                         std::optional<ConnectionMask> mask) {
  FcLayer layer;
  layer.name = "fc";
  layer.weight_format = format;
  layer.inputs = inputs;
  layer.outputs = outputs;
  layer.input_frac = 7;
  layer.shift = 12;
  layer.output_frac = 6;
  layer.relu = true;
  layer.mask = mask;
  const int most = weight_maximum(format), least = format == WeightFormat::kInt8 ? -128 : -most;
  for (const auto& connected : layer.connections()) {
    for (std::size_t n = 0; n < connected.size(); ++n) {
      const int weight = dice.roll(least, most);
      layer.weights.push_back(static_cast<std::int16_t>(
          weight == 0 && format == WeightFormat::kBinary ? 1 : weight));
    }
  }
  const int scale = std::min(32767, (8 << layer.shift) / most);
  for (int output = 0; output < outputs; ++output) {
    layer.scale.push_back(static_cast<std::int16_t>(dice.roll(-scale, scale)));
    layer.bias.push_back(dice.roll(-(64 << layer.shift), 64 << layer.shift));
  }
  return layer;
}

inline std::vector<std::int8_t> random_bytes(Dice& dice, int count) {
  std::vector<std::int8_t> values;
  for (int n = 0; n < count; ++n) values.push_back(static_cast<std::int8_t>(dice.roll(-128, 127)));
  return values;
}

}  // namespace lacuna::golden
