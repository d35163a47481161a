// SPDX-License-Identifier: Apache-2.0
// Adam (Kingma and Ba, ICLR 2015; beta 0.9 and 0.999, epsilon 1e-8) and plain SGD as one pass over
// each tensor, with a state that checkpoints can hold. LibTorch's own make several passes.
#pragma once

#include <torch/torch.h>

#include <string>
#include <utility>
#include <vector>

namespace lacuna::models {

class Optimizer {
 public:
  using Parameters = std::vector<std::pair<std::string, torch::Tensor>>;

  /// @param kind "adam" or "sgd"
  /// @param factors of the learning rate, one a parameter
  Optimizer(const std::string& kind, const Parameters& parameters, std::vector<double> factors);

  /// Applies the gradients, scaled so that their common norm is at most `clip` (0: no limit), and
  /// clears them. Returns the norm before scaling.
  double step(double learning_rate, double clip);

  /// Moments of every parameter and the step count, in a fixed order.
  std::vector<torch::Tensor> save() const;
  void load(const std::vector<torch::Tensor>& saved);

 private:
  bool adam_;
  std::vector<double> factors_;
  std::int64_t steps_ = 0;
  std::vector<torch::Tensor> parameters_, first_, second_;
};

}  // namespace lacuna::models
