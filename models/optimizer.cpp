// SPDX-License-Identifier: Apache-2.0
#include "models/optimizer.h"

#include <ATen/Parallel.h>

#include <cmath>

namespace lacuna::models {
namespace {

constexpr double kBeta1 = 0.9, kBeta2 = 0.999;
constexpr float kEpsilon = 1e-8F;

}  // namespace

Optimizer::Optimizer(const std::string& kind, const Parameters& parameters,
                     std::vector<double> factors)
    : adam_(kind == "adam"), factors_(std::move(factors)) {
  for (const auto& [name, tensor] : parameters) {
    parameters_.push_back(tensor);
    if (adam_) {
      first_.push_back(torch::zeros_like(tensor).detach());
      second_.push_back(torch::zeros_like(tensor).detach());
    }
  }
}

double Optimizer::step(double learning_rate, double clip) {
  const torch::NoGradGuard no_grad;
  double squares = 0;
  std::vector<torch::Tensor> gradients;
  for (const torch::Tensor& parameter : parameters_) {
    // A learned initial state takes no part in windows that carry on from the one before.
    gradients.push_back(parameter.grad().defined() ? parameter.grad().contiguous()
                                                   : torch::zeros_like(parameter));
    const double norm = gradients.back().norm().item<double>();
    squares += norm * norm;
  }
  const double norm = std::sqrt(squares);
  const auto scale = static_cast<float>(clip > 0 && norm > clip ? clip / norm : 1.0);

  ++steps_;
  const double correction1 = 1.0 - std::pow(kBeta1, static_cast<double>(steps_));
  const double correction2 = 1.0 - std::pow(kBeta2, static_cast<double>(steps_));
  const auto spread = static_cast<float>(1.0 / std::sqrt(correction2));
  for (std::size_t n = 0; n < parameters_.size(); ++n) {
    const auto rate = static_cast<float>(factors_[n] * learning_rate / correction1);
    if (!adam_) {
      parameters_[n].sub_(gradients[n], factors_[n] * learning_rate * scale);
    } else {
      float* w = parameters_[n].data_ptr<float>();
      float* m = first_[n].data_ptr<float>();
      float* v = second_[n].data_ptr<float>();
      const float* g = gradients[n].data_ptr<float>();
      at::parallel_for(0, parameters_[n].numel(), 16384, [&](std::int64_t begin, std::int64_t end) {
#pragma omp simd
        for (std::int64_t k = begin; k < end; ++k) {
          const float slope = g[k] * scale;
          m[k] = static_cast<float>(kBeta1) * m[k] + static_cast<float>(1 - kBeta1) * slope;
          v[k] = static_cast<float>(kBeta2) * v[k] + static_cast<float>(1 - kBeta2) * slope * slope;
          w[k] -= rate * m[k] / (std::sqrt(v[k]) * spread + kEpsilon);
        }
      });
    }
    parameters_[n].mutable_grad() = torch::Tensor();
  }
  return norm;
}

std::vector<torch::Tensor> Optimizer::save() const {
  std::vector<torch::Tensor> saved{torch::tensor({steps_})};
  saved.insert(saved.end(), first_.begin(), first_.end());
  saved.insert(saved.end(), second_.begin(), second_.end());
  return saved;
}

void Optimizer::load(const std::vector<torch::Tensor>& saved) {
  TORCH_CHECK(saved.size() == 1 + first_.size() + second_.size(), "optimizer state of wrong size");
  steps_ = saved[0].item<std::int64_t>();
  for (std::size_t n = 0; n < first_.size(); ++n) {
    first_[n].copy_(saved[1 + n]);
    second_[n].copy_(saved[1 + first_.size() + n]);
  }
}

}  // namespace lacuna::models
