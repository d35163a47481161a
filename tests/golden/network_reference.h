// SPDX-License-Identifier: Apache-2.0
// Whole networks, one stream at a time, from the slow reference of the recurrent layer.
#pragma once

#include <vector>

#include "golden/bundle.h"
#include "lstm_reference.h"

namespace lacuna::golden {

/// Logits after each step of one stream; `inputs[step]` are the dense integers of the first LSTM
/// layer.
inline std::vector<std::vector<std::int64_t>> reference_logits(
    const Bundle& bundle, const std::vector<std::vector<std::int64_t>>& inputs) {
  std::vector<LstmReference> layers;
  const LinearLayer* linear = nullptr;
  for (const Layer& layer : bundle.layers) {
    if (const auto* lstm = std::get_if<LstmLayer>(&layer)) {
      layers.emplace_back(*lstm);
      const std::vector<std::int64_t> zero(static_cast<std::size_t>(lstm->units), 0);
      layers.back().start(zero, zero);
    }
    if (const auto* found = std::get_if<LinearLayer>(&layer)) linear = found;
  }
  std::vector<std::vector<std::int64_t>> all;
  for (std::vector<std::int64_t> x : inputs) {
    for (LstmReference& layer : layers) {
      layer.step(x, false);
      x = layer.h;
    }
    auto& logits = all.emplace_back();
    for (int output = 0; output < linear->weight.rows(); ++output) {
      const auto o = static_cast<std::size_t>(output);
      std::int64_t sum = 0;
      for (std::size_t i = 0; i < x.size(); ++i) {
        sum += linear->weight(output, static_cast<Eigen::Index>(i)) * x[i];
      }
      const std::int64_t scale = std::int64_t{1} << linear->logit_shift;
      const std::int64_t doubled = 2 * linear->scale[o] * sum + scale;  // floor(v / 2^s + 1/2)
      std::int64_t rounded = doubled / (2 * scale);
      if (doubled % (2 * scale) < 0) --rounded;
      logits.push_back(rounded + linear->bias[o]);
    }
  }
  return all;
}

}  // namespace lacuna::golden
