// SPDX-License-Identifier: Apache-2.0
// Random float networks for tests, with weights of the size that training gives.
#pragma once

#include <cmath>

#include "golden/float_network.h"
#include "golden/random.h"

namespace lacuna::golden {

inline FloatMatrix random_floats(Random& random, int rows, int columns, double deviation) {
  return FloatMatrix::NullaryExpr(rows, columns, [&](Eigen::Index, Eigen::Index) {
    return static_cast<float>(deviation * random.normal());
  });
}

inline FloatLstm random_float_lstm(Random& random, int inputs, int units) {
  FloatLstm layer;
  layer.weight_x = random_floats(random, 4 * units, inputs, 1.0);
  layer.weight_h = random_floats(random, 4 * units, units, 2.0 / std::sqrt(units));
  layer.bias = random_floats(random, 4 * units, 1, 0.5);
  return layer;
}

/// One-hot symbols -> LSTM -> LSTM -> linear.
inline FloatNetwork random_network(Random& random, int symbols, int units) {
  FloatNetwork network;
  network.lstm = {random_float_lstm(random, symbols, units),
                  random_float_lstm(random, units, units)};
  network.linear = FloatLinear{random_floats(random, symbols, units, 0.5),
                               random_floats(random, symbols, 1, 0.5)};
  return network;
}

}  // namespace lacuna::golden
