// SPDX-License-Identifier: Apache-2.0
#include "models/normalisation.h"

namespace lacuna::models {
namespace {

using torch::Tensor;

constexpr std::int64_t kRecent = 256;    // vectors
constexpr double kFirstDeviation = 0.1;  // of a guess at vectors that nobody has seen yet

NormalisedWeights normalise(const Tensor& weights, const Tensor& gamma, const Tensor& mean,
                            const Tensor& variance) {
  const Tensor scale = gamma * torch::rsqrt(variance + kNormalisationEpsilon);
  return {weights * scale.unsqueeze(1), scale * mean};
}

}  // namespace

ProductNormalisation::ProductNormalisation(std::int64_t rows, std::int64_t columns)
    : recent_(kFirstDeviation * torch::randn({kRecent, columns})),
      next_(torch::zeros({1}, torch::kLong)),
      products_(rows) {}

NormalisedWeights ProductNormalisation::training(const Tensor& weights, const Tensor& gamma) const {
  const Tensor products = torch::mm(weights, recent_.t());
  const Tensor mean = products.mean(1);
  return normalise(weights, gamma, mean, (products - mean.unsqueeze(1)).square().mean(1));
}

NormalisedWeights ProductNormalisation::evaluation(const Tensor& weights,
                                                   const Tensor& gamma) const {
  return normalise(weights, gamma, products_.mean(), products_.variance());
}

void ProductNormalisation::remember(const Tensor& vectors) {
  const std::int64_t next = next_.item<std::int64_t>();
  const Tensor places = (torch::arange(vectors.size(0)) + next).remainder(kRecent);
  recent_ = recent_.index_copy(0, places, vectors);  // the old one belongs to the graph
  next_.fill_((next + vectors.size(0)) % kRecent);
}

void ProductNormalisation::collect(const Tensor& weights, const Tensor& vectors) {
  products_.observe(torch::mm(vectors, weights.t()));
}

void ProductNormalisation::restart(const Tensor& weights) {
  products_.restart();
  collect(weights, recent_);
}

std::vector<Tensor> ProductNormalisation::tensors() const {
  std::vector<Tensor> all{recent_, next_};
  for (const Tensor& tensor : products_.tensors()) all.push_back(tensor);
  return all;
}

}  // namespace lacuna::models
