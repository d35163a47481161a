// SPDX-License-Identifier: Apache-2.0
// The sparsely-connected network that is trained (P5, Algorithm 1): masks from the very registers
// that the hardware runs, fixed from start to end; weights real, ternary or binary.
//
//   z = (Q(W) o M) x;   y = relu(BN(z)), the last layer without relu
#pragma once

#include <torch/torch.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "golden/fc/connection_mask.h"
#include "golden/weight_format.h"

namespace lacuna::models {

struct FcShape {
  std::vector<int> sizes;  ///< inputs, hidden layers, outputs
  golden::WeightFormat format = golden::WeightFormat::kInt8;
  double sparsity = 0;  ///< P5's p of every layer, the last one included
  golden::LfsrKind kind = golden::LfsrKind::kAllStates;
  int groups = 0;  ///< sets of outputs that share a mask; 0: every output has its own
};

class FcNetwork {
 public:
  explicit FcNetwork(const FcShape& shape);

  /// Outputs [images, outputs] of [images, inputs]. In training weights are drawn from `seed` if
  /// they are ternary or binary, and batches normalise themselves.
  torch::Tensor train(const torch::Tensor& x, std::optional<std::uint32_t> seed);
  torch::Tensor evaluate(const torch::Tensor& x) const;

  /// Keeps masters of few values within +-W0.
  void constrain();

  const std::vector<std::pair<std::string, torch::Tensor>>& parameters() const { return all_; }
  std::vector<double> rate_factors() const;
  /// Running means and variances, for checkpoints.
  std::vector<torch::Tensor> statistics() const;

 private:
  struct Layer {
    torch::Tensor master, mask, gamma, beta, mean, variance;
    std::optional<golden::ConnectionMask> connections;
  };
  torch::Tensor weights(const Layer& layer, std::optional<std::uint32_t> seed) const;

  golden::WeightFormat format_;
  std::vector<Layer> layers_;
  std::vector<std::pair<std::string, torch::Tensor>> all_;
};

}  // namespace lacuna::models
