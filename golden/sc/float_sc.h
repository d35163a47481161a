// SPDX-License-Identifier: Apache-2.0
// A trained network of stochastic streams in floating point: the input of its quantisation
// (golden/sc/sc_quantize.h).
#pragma once

#include <nlohmann/json.hpp>
#include <vector>

#include "golden/float_network.h"

namespace lacuna::golden {

/// The mean of a stream that leaves: p = (1 + tanh(gain mean(v) / v s)) / 2, s = W x + bias; v is
/// the variance of a cycle's sum (docs/sc.md), its mean that over neurons and images.
struct FloatSc {
  FloatMatrix weight;  ///< [outputs, inputs], -1..1
  FloatVector bias;    ///< [outputs], -1..1
  double gain = 0;     ///< of the counters; without meaning in the last layer
};

struct FloatScNetwork {
  std::vector<FloatSc> layers;
  bool bipolar = false;  ///< bits of x are read as -1 and 1
  int integral = 1;      ///< P6's m: streams of a weight
  int length = 0;        ///< cycles of an image
  /// Facts that the bundle keeps: task, training, seed, data (docs/bundle.md).
  nlohmann::json facts = nlohmann::json::object();
};

/// Taken for the variance of sums that vary less, which no gain fits.
inline constexpr float kLeastVariance = 0.05F;

}  // namespace lacuna::golden
