// SPDX-License-Identifier: Apache-2.0
// Batch normalisation of a recurrent layer with statistics that all time steps share (P4 with the
// change that docs/training.md explains).
#pragma once

#include <torch/torch.h>

#include <vector>

#include "models/running_moments.h"

namespace lacuna::models {

inline constexpr double kNormalisationEpsilon = 1e-5;

/// Weights whose product with a vector v has the mean offset and the deviation gamma.
struct NormalisedWeights {
  torch::Tensor weight;  ///< [rows, columns]
  torch::Tensor offset;  ///< [rows]
};

/// Normalises the products of weights with the vectors of one input, x or h. In training the
/// statistics are those of the products with recent vectors, so that they follow the weights and
/// the gradient goes through them: without it weights drift along what the normalisation takes out
/// again. In evaluation they are running ones.
class ProductNormalisation {
 public:
  ProductNormalisation() = default;
  ProductNormalisation(std::int64_t rows, std::int64_t columns);

  /// @param weights [rows, columns]  @param gamma [rows]
  NormalisedWeights training(const torch::Tensor& weights, const torch::Tensor& gamma) const;
  NormalisedWeights evaluation(const torch::Tensor& weights, const torch::Tensor& gamma) const;

  /// Vectors [samples, columns] take the place of the oldest ones of the training's.
  void remember(const torch::Tensor& vectors);
  /// Takes products of the vectors into the evaluation's statistics.
  void collect(const torch::Tensor& weights, const torch::Tensor& vectors);
  /// Moments of the products that were collected.
  const RunningMoments& collected() const { return products_; }
  /// Collecting begins anew, with the training's statistics.
  void restart(const torch::Tensor& weights);

  /// The object's own tensors, for checkpoints.
  std::vector<torch::Tensor> tensors() const;

 private:
  torch::Tensor recent_;  ///< [kRecent, columns]
  torch::Tensor next_;    ///< place of the oldest
  RunningMoments products_;
};

}  // namespace lacuna::models
