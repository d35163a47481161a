// SPDX-License-Identifier: Apache-2.0
// A trained fully-connected network in floating point, normalisation folded in: the input of its
// quantisation (golden/fc/fc_quantize.h).
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "golden/fc/connection_mask.h"
#include "golden/float_network.h"
#include "golden/weight_format.h"

namespace lacuna::golden {

/// y = W x + bias.
struct FloatFc {
  FloatMatrix weight;  ///< [outputs, inputs]; what a missing connection has counts nothing
  FloatVector bias;    ///< [outputs]
  std::optional<ConnectionMask> mask;  ///< none: all connections exist
  /// What the weights are quantised to. Ternary and binary: every row has one magnitude.
  WeightFormat format = WeightFormat::kInt8;
};

struct FloatFcNetwork {
  std::vector<FloatFc> layers;  ///< all with relu but the last
  /// Facts that the bundle keeps: task, training, seed, data (docs/bundle.md).
  nlohmann::json facts = nlohmann::json::object();
};

}  // namespace lacuna::golden
