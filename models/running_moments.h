// SPDX-License-Identifier: Apache-2.0
// Running mean and variance of the columns of a matrix that arrives in pieces.
#pragma once

#include <torch/torch.h>

#include <limits>
#include <vector>

namespace lacuna::models {

class RunningMoments {
 public:
  RunningMoments() = default;
  /// @param memory pieces after which a piece is forgotten by a factor of e; all count alike before
  explicit RunningMoments(std::int64_t columns,
                          double memory = std::numeric_limits<double>::infinity());

  /// Takes in samples [rows, columns].
  void observe(const torch::Tensor& samples);
  /// Forgets everything with the next observation.
  void restart() { count_.fill_(0); }
  /// Takes over mean and variance, as of one piece.
  void take(const RunningMoments& other);

  // As they are now: later observations do not change what was returned.
  torch::Tensor mean() const { return mean_.clone(); }
  torch::Tensor variance() const { return variance_.clone(); }

  /// Mean, variance and count: the object's own tensors, for checkpoints.
  std::vector<torch::Tensor> tensors() const { return {mean_, variance_, count_}; }

 private:
  double memory_ = 0;
  torch::Tensor mean_, variance_, count_;
};

}  // namespace lacuna::models
