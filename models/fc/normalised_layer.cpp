// SPDX-License-Identifier: Apache-2.0
#include "models/fc/normalised_layer.h"

#include "models/quantised_weights.h"

namespace lacuna::models {

using torch::Tensor;

NormalisedLayer::NormalisedLayer(std::int64_t outputs, std::int64_t inputs,
                                 golden::WeightFormat weight_format)
    : master(torch::empty({outputs, inputs})),
      gamma(torch::ones({outputs})),
      beta(torch::zeros({outputs})),
      mean(torch::zeros({outputs})),
      variance(torch::ones({outputs})),
      format(weight_format) {
  torch::nn::init::xavier_uniform_(master);
  constrain();
}

Tensor NormalisedLayer::weights(bool sample) const {
  return quantised_weights(master, format, sample ? std::optional(draw_seed()) : std::nullopt);
}

Tensor NormalisedLayer::normalise(const Tensor& z, bool training) const {
  const Tensor none;
  return torch::batch_norm(z, gamma, beta, training ? none : mean, training ? none : variance,
                           training, /*momentum=*/0, kNormalisationEpsilon,
                           /*cudnn_enabled=*/false);
}

void NormalisedLayer::collect(const Tensor& z) {
  std::vector<std::int64_t> all_but_outputs{0};
  for (std::int64_t dimension = 2; dimension < z.dim(); ++dimension)
    all_but_outputs.push_back(dimension);
  mean = z.mean(all_but_outputs);
  variance = z.var(all_but_outputs, /*unbiased=*/false);
}

void NormalisedLayer::constrain() {
  if (!golden::has_one_magnitude(format)) return;
  const torch::NoGradGuard no_grad;
  const double limit = weight_magnitude(master.size(1), master.size(0));
  master.clamp_(-limit, limit);
}

void NormalisedLayer::append_to(std::vector<std::pair<std::string, Tensor>>& parameters,
                                const std::string& name) {
  parameters.emplace_back(name + ".weight", master.requires_grad_());
  parameters.emplace_back(name + ".gamma", gamma.requires_grad_());
  parameters.emplace_back(name + ".beta", beta.requires_grad_());
}

}  // namespace lacuna::models
