// SPDX-License-Identifier: Apache-2.0
#include "models/fc/fc_network.h"

#include "models/quantised_weights.h"

namespace lacuna::models {
namespace {

using torch::Tensor;

constexpr double kMemory = 0.1;  ///< share of a batch in the running statistics
constexpr double kEpsilon = 1e-5;

/// 1 where a connection exists. [outputs, inputs]
Tensor mask_tensor(const golden::ConnectionMask& mask, int inputs, int outputs) {
  Tensor ones = torch::zeros({outputs, inputs});
  const auto groups = golden::group_connections(mask, inputs);
  for (int output = 0; output < outputs; ++output) {
    float* row = ones.data_ptr<float>() + std::int64_t{output} * inputs;
    for (const std::uint16_t input : groups[static_cast<std::size_t>(output) % groups.size()])
      row[input] = 1;
  }
  return ones;
}

Tensor normalised(const Tensor& z, const Tensor& gamma, const Tensor& beta, const Tensor& mean,
                  const Tensor& variance, bool training) {
  return torch::batch_norm(z, gamma, beta, mean, variance, training, kMemory, kEpsilon, false);
}

}  // namespace

FcNetwork::FcNetwork(const FcShape& shape) : format_(shape.format) {
  for (std::size_t at = 0; at + 1 < shape.sizes.size(); ++at) {
    const int inputs = shape.sizes[at], outputs = shape.sizes[at + 1];
    Layer layer;
    layer.master = torch::empty({outputs, inputs});
    torch::nn::init::xavier_uniform_(layer.master);
    if (shape.sparsity > 0) {
      const int bits = golden::mask_bits(inputs);
      const int groups = shape.groups > 0 ? std::min(shape.groups, outputs) : outputs;
      layer.connections = {shape.kind, bits, golden::mask_threshold(shape.sparsity, bits), groups};
      layer.mask = mask_tensor(*layer.connections, inputs, outputs);
    }
    layer.gamma = torch::ones({outputs});
    layer.beta = torch::zeros({outputs});
    layer.mean = torch::zeros({outputs});
    layer.variance = torch::ones({outputs});
    const std::string name = "fc" + std::to_string(at);
    all_.emplace_back(name + ".weight", layer.master);
    all_.emplace_back(name + ".gamma", layer.gamma);
    all_.emplace_back(name + ".beta", layer.beta);
    layers_.push_back(std::move(layer));
  }
  constrain();
  for (auto& [name, tensor] : all_) tensor.requires_grad_();
}

Tensor FcNetwork::weights(const Layer& layer, std::optional<std::uint32_t> seed) const {
  const Tensor quantised = quantised_weights(layer.master, format_, seed);
  return layer.mask.defined() ? quantised * layer.mask : quantised;
}

Tensor FcNetwork::train(const Tensor& x, std::optional<std::uint32_t> seed) {
  Tensor y = x;
  for (const Layer& layer : layers_) {
    const Tensor z = torch::mm(y, weights(layer, seed).t());
    y = normalised(z, layer.gamma, layer.beta, layer.mean, layer.variance, true);
    if (&layer != &layers_.back()) y = torch::relu(y);
    if (seed) ++*seed;  // another draw for every layer
  }
  return y;
}

Tensor FcNetwork::evaluate(const Tensor& x) const {
  const torch::NoGradGuard no_grad;
  Tensor y = x;
  for (const Layer& layer : layers_) {
    const Tensor z = torch::mm(y, weights(layer, std::nullopt).t());
    y = normalised(z, layer.gamma, layer.beta, layer.mean, layer.variance, false);
    if (&layer != &layers_.back()) y = torch::relu(y);
  }
  return y;
}

void FcNetwork::constrain() {
  if (!golden::has_one_magnitude(format_)) return;
  const torch::NoGradGuard no_grad;
  for (Layer& layer : layers_) {
    const double limit = weight_magnitude(layer.master.size(1), layer.master.size(0));
    layer.master.clamp_(-limit, limit);
  }
}

std::vector<double> FcNetwork::rate_factors() const {
  std::vector<double> factors;
  for (const auto& [name, tensor] : all_) {
    const bool master = golden::has_one_magnitude(format_) && tensor.dim() == 2;
    factors.push_back(master ? weight_magnitude(tensor.size(1), tensor.size(0)) / 0.05
                             : 1.0);
  }
  return factors;
}

std::vector<Tensor> FcNetwork::statistics() const {
  std::vector<Tensor> all;
  for (const Layer& layer : layers_) all.insert(all.end(), {layer.mean, layer.variance});
  return all;
}

}  // namespace lacuna::models
