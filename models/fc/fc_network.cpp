// SPDX-License-Identifier: Apache-2.0
#include "models/fc/fc_network.h"

#include <algorithm>

#include "models/quantised_weights.h"

namespace lacuna::models {
namespace {

using torch::Tensor;

constexpr double kEpsilon = 1e-4;  // BinaryConnect's code

/// 1 where a connection exists. [outputs, inputs]
Tensor mask_tensor(const golden::ConnectionMask& mask, int inputs, int outputs) {
  Tensor ones = torch::zeros({outputs, inputs});
  const auto groups = golden::group_connections(mask, inputs);
  for (int output = 0; output < outputs; ++output) {
    float* row = ones.data_ptr<float>() + std::int64_t{output} * inputs;
    for (const std::uint16_t input : groups[static_cast<std::size_t>(mask.group_of(output))])
      row[input] = 1;
  }
  return ones;
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

Tensor FcNetwork::weights(const Layer& layer, bool sample) const {
  const auto seed = sample ? std::optional(draw_seed()) : std::nullopt;
  const Tensor quantised = quantised_weights(layer.master, format_, seed);
  return layer.mask.defined() ? quantised * layer.mask : quantised;
}

Tensor FcNetwork::activation(const Layer& layer, const Tensor& z, bool training) const {
  const Tensor none;
  const Tensor y = torch::batch_norm(z, layer.gamma, layer.beta, training ? none : layer.mean,
                                     training ? none : layer.variance, training, /*momentum=*/0,
                                     kEpsilon, /*cudnn_enabled=*/false);
  return &layer == &layers_.back() ? y : torch::relu(y);
}

Tensor FcNetwork::train(const Tensor& x, bool sample) const {
  Tensor y = x;
  for (const Layer& layer : layers_)
    y = activation(layer, torch::mm(y, weights(layer, sample).t()), true);
  return y;
}

Tensor FcNetwork::evaluate(const Tensor& x) const {
  const torch::NoGradGuard no_grad;
  Tensor y = x;
  for (const Layer& layer : layers_)
    y = activation(layer, torch::mm(y, weights(layer, false).t()), false);
  return y;
}

void FcNetwork::collect(const Tensor& x) {
  const torch::NoGradGuard no_grad;
  Tensor y = x;
  for (Layer& layer : layers_) {
    const Tensor z = torch::mm(y, weights(layer, false).t());
    layer.mean = z.mean(0);
    layer.variance = z.var(0, /*unbiased=*/false);
    y = activation(layer, z, false);
  }
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
    factors.push_back(master ? master_rate_factor(tensor.size(1), tensor.size(0)) : 1.0);
  }
  return factors;
}

golden::FloatFcNetwork FcNetwork::to_float() const {
  const torch::NoGradGuard no_grad;
  golden::FloatFcNetwork network;
  for (const Layer& layer : layers_) {
    const Tensor gain = layer.gamma / (layer.variance + kEpsilon).sqrt();
    const Tensor weight = (weights(layer, false) * gain.unsqueeze(1)).contiguous();
    const Tensor bias = (layer.beta - gain * layer.mean).contiguous();
    golden::FloatFc& folded = network.layers.emplace_back();
    folded.weight = Eigen::Map<const golden::FloatMatrix>(weight.data_ptr<float>(), weight.size(0),
                                                          weight.size(1));
    folded.bias = Eigen::Map<const golden::FloatVector>(bias.data_ptr<float>(), bias.size(0));
    folded.mask = layer.connections;
    folded.format = format_;
  }
  return network;
}

}  // namespace lacuna::models
