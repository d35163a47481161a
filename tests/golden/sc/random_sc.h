// SPDX-License-Identifier: Apache-2.0
// Random stochastic networks for tests.
#pragma once

#include <string>

#include "tests/golden/random_layer.h"

namespace lacuna::golden {

/// @param sizes inputs, then outputs of each layer
inline Bundle random_sc(Dice& dice, const std::vector<int>& sizes, int integral, int length,
                        int states, bool bipolar = false) {
  Bundle bundle;
  bundle.facts = {{"task", "generic"}};
  for (std::size_t at = 0; at + 1 < sizes.size(); ++at) {
    ScLayer layer;
    layer.name = "sc" + std::to_string(at);
    layer.inputs = sizes[at];
    layer.outputs = sizes[at + 1];
    layer.bipolar = bipolar;
    layer.integral = integral;
    layer.length = length;
    layer.states = at + 2 < sizes.size() ? states : 0;
    for (int n = 0; n < layer.outputs * (layer.inputs + 1); ++n)
      layer.codes.push_back(static_cast<std::int16_t>(dice.roll(0, kStreamStates - 1)));
    bundle.layers.push_back(layer);
  }
  return bundle;
}

inline std::vector<std::int8_t> random_pixels(Dice& dice, int count) {
  std::vector<std::int8_t> x;
  for (int n = 0; n < count; ++n) x.push_back(static_cast<std::int8_t>(dice.roll(0, 127)));
  return x;
}

}  // namespace lacuna::golden
