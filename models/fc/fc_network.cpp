// SPDX-License-Identifier: Apache-2.0
#include "models/fc/fc_network.h"

#include <algorithm>

#include "models/quantised_weights.h"

namespace lacuna::models {
namespace {

using torch::Tensor;

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

FcNetwork::FcNetwork(const FcShape& shape) {
  if (!shape.convolutions.outputs.empty()) {
    convolutions_.emplace(shape.convolutions, shape.format);
    convolutions_->append_to(all_);
  }
  for (std::size_t at = 0; at + 1 < shape.sizes.size(); ++at) {
    const int inputs = shape.sizes[at], outputs = shape.sizes[at + 1];
    Layer layer(outputs, inputs, shape.format);
    if (shape.sparsity > 0) {
      const int bits = golden::mask_bits(inputs);
      const int groups = shape.groups > 0 ? std::min(shape.groups, outputs) : outputs;
      layer.connections = {shape.kind, bits, golden::mask_threshold(shape.sparsity, bits), groups};
      layer.mask = mask_tensor(*layer.connections, inputs, outputs);
    }
    layer.append_to(all_, "fc" + std::to_string(at));
    layers_.push_back(std::move(layer));
  }
}

Tensor FcNetwork::Layer::masked_weights(bool sample) const {
  return mask.defined() ? weights(sample) * mask : weights(sample);
}

Tensor FcNetwork::activation(const Layer& layer, const Tensor& z, bool training) const {
  const Tensor y = layer.normalise(z, training);
  return &layer == &layers_.back() ? y : torch::relu(y);
}

Tensor FcNetwork::train(const Tensor& x, bool sample) const {
  Tensor y = convolutions_ ? convolutions_->train(x, sample) : x;
  for (const Layer& layer : layers_)
    y = activation(layer, torch::mm(y, layer.masked_weights(sample).t()), true);
  return y;
}

Tensor FcNetwork::evaluate(const Tensor& x) const {
  const torch::NoGradGuard no_grad;
  Tensor y = features(x);
  for (const Layer& layer : layers_)
    y = activation(layer, torch::mm(y, layer.masked_weights(false).t()), false);
  return y;
}

Tensor FcNetwork::features(const Tensor& x) const {
  return convolutions_ ? convolutions_->evaluate(x) : x;
}

void FcNetwork::collect(const Tensor& x) {
  const torch::NoGradGuard no_grad;
  Tensor y = convolutions_ ? convolutions_->collect(x) : x;
  for (Layer& layer : layers_) {
    const Tensor z = torch::mm(y, layer.masked_weights(false).t());
    layer.collect(z);
    y = activation(layer, z, false);
  }
}

void FcNetwork::constrain() {
  if (convolutions_) convolutions_->constrain();
  for (Layer& layer : layers_) layer.constrain();
}

std::vector<double> FcNetwork::rate_factors() const {
  std::vector<double> factors;
  for (const auto& [name, tensor] : all_) {
    const bool master = golden::has_one_magnitude(layers_.front().format) && tensor.dim() == 2;
    factors.push_back(master ? master_rate_factor(tensor.size(1), tensor.size(0)) : 1.0);
  }
  return factors;
}

golden::FloatFcNetwork FcNetwork::to_float() const {
  const torch::NoGradGuard no_grad;
  golden::FloatFcNetwork network;
  for (const Layer& layer : layers_) {
    const Tensor gain = layer.gamma / (layer.variance + kNormalisationEpsilon).sqrt();
    const Tensor weight = (layer.masked_weights(false) * gain.unsqueeze(1)).contiguous();
    const Tensor bias = (layer.beta - gain * layer.mean).contiguous();
    golden::FloatFc& folded = network.layers.emplace_back();
    folded.weight = Eigen::Map<const golden::FloatMatrix>(weight.data_ptr<float>(), weight.size(0),
                                                          weight.size(1));
    folded.bias = Eigen::Map<const golden::FloatVector>(bias.data_ptr<float>(), bias.size(0));
    folded.mask = layer.connections;
    folded.format = layer.format;
  }
  return network;
}

}  // namespace lacuna::models
