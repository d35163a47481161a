// SPDX-License-Identifier: Apache-2.0
#include "models/running_moments.h"

#include <algorithm>

namespace lacuna::models {

using torch::Tensor;

RunningMoments::RunningMoments(std::int64_t columns, double memory)
    : memory_(memory),
      mean_(torch::zeros({columns})),
      variance_(torch::ones({columns})),
      count_(torch::zeros({1})) {}

void RunningMoments::observe(const Tensor& samples) {
  const torch::NoGradGuard no_grad;
  const double count = count_.item<double>() + 1;
  const double share = std::max(1 / count, 1 / memory_);
  const Tensor mean = samples.mean(0);
  const Tensor variance = (samples - mean).square_().mean(0);
  // The variance of both together: what is known, what is new, and how far their means lie apart.
  const Tensor apart = mean - mean_;
  variance_.mul_(1 - share).add_(variance, share).add_(apart * apart, share * (1 - share));
  mean_.add_(apart, share);
  count_.fill_(count);
}

void RunningMoments::take(const RunningMoments& other) {
  mean_.copy_(other.mean_);
  variance_.copy_(other.variance_);
  count_.fill_(1);
}

}  // namespace lacuna::models
