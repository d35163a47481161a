// SPDX-License-Identifier: Apache-2.0
// What a fully-connected layer and a convolution have in common: master weights, what they are
// quantised to, and the batch normalisation of what they give.
#pragma once

#include <torch/torch.h>

#include <string>
#include <utility>
#include <vector>

#include "golden/weight_format.h"

namespace lacuna::models {

inline constexpr double kNormalisationEpsilon = 1e-4;  // BinaryConnect's code

struct NormalisedLayer {
  torch::Tensor master;          ///< [outputs, weights of an output]
  torch::Tensor gamma, beta;     ///< [outputs]
  torch::Tensor mean, variance;  ///< [outputs], of z, by collect()
  golden::WeightFormat format = golden::WeightFormat::kInt8;

  /// Weights are drawn from Torch's generator: Glorot's uniform ones.
  NormalisedLayer(std::int64_t outputs, std::int64_t inputs, golden::WeightFormat format);

  /// Quantised weights [outputs, weights of an output]. Where `sample`, ternary and binary ones are
  /// drawn from Torch's generator; else they are deterministic.
  torch::Tensor weights(bool sample) const;

  /// BN(z) of z [images, outputs, ...]: in training by the batch's own statistics, else by those
  /// that collect() left.
  torch::Tensor normalise(const torch::Tensor& z, bool training) const;

  /// Takes the statistics of evaluation from z.
  void collect(const torch::Tensor& z);

  /// Keeps master weights of few values within +-W0, the range in which they change what is drawn.
  void constrain();

  /// Appends the trained tensors, `name`.weight first, and begins their gradients.
  void append_to(std::vector<std::pair<std::string, torch::Tensor>>& parameters,
                 const std::string& name);
};

}  // namespace lacuna::models
