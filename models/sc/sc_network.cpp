// SPDX-License-Identifier: Apache-2.0
#include "models/sc/sc_network.h"

#include <algorithm>
#include <cmath>

#include "golden/sc/streams.h"

namespace lacuna::models {
namespace {

using torch::Tensor;

constexpr double kInitialWeight = 0.3;
constexpr double kLeastNoise = 1e-9;  // the square root has no slope at 0

/// `mean` with Gaussian noise of that variance.
Tensor noisy(const Tensor& mean, const Tensor& variance) {
  return mean + torch::randn_like(mean) * variance.clamp_min(kLeastNoise).sqrt();
}

}  // namespace

Tensor stream_means(const Tensor& pixels) {
  Tensor means = torch::empty({256});
  for (int pixel = 0; pixel < 256; ++pixel)
    means[pixel] = golden::input_code(pixel / 2) / static_cast<double>(golden::kStreamStates);
  return means.take(pixels.flatten(1).to(torch::kLong));
}

ScNetwork::ScNetwork(ScShape shape) : shape_(std::move(shape)), log_factor_(torch::zeros({1})) {
  for (std::size_t at = 0; at + 1 < shape_.sizes.size(); ++at) {
    const int inputs = shape_.sizes[at], outputs = shape_.sizes[at + 1];
    Layer& layer = layers_.emplace_back();
    layer.weight = torch::empty({outputs, inputs}).uniform_(-kInitialWeight, kInitialWeight);
    layer.bias = torch::zeros({outputs});
    const std::string name = "sc" + std::to_string(at);
    all_.emplace_back(name + ".weight", layer.weight);
    all_.emplace_back(name + ".bias", layer.bias);
  }
  all_.emplace_back("log_factor", log_factor_);
  for (auto& [name, tensor] : all_) tensor.requires_grad_();
}

ScNetwork::Read ScNetwork::read(const Tensor& p) const {
  if (shape_.bipolar) return {2 * p - 1, torch::ones_like(p)};
  return {p, p};
}

Tensor ScNetwork::counters(const Layer& layer, double gain, const Read& x) const {
  const double m = shape_.integral;
  const Tensor s = torch::addmm(layer.bias, x.mean, layer.weight.t());
  const Tensor v =
      (torch::mm(x.square - x.mean.square() - x.square / m, layer.weight.square().t()) +
       x.square.sum(1, /*keepdim=*/true) / m + (1 - layer.bias.square()) / m)
          .clamp_min(golden::kLeastVariance);
  const double half_states = std::max(1.0, std::round(gain * m * v.mean().item<double>()));
  const Tensor p = torch::sigmoid(2 * half_states / m * s / v);
  const Tensor tau = std::pow(half_states / m, 2) / v.detach();
  return noisy(p, p * (1 - p) * (1 + 2 * tau) / shape_.length).clamp(0, 1);
}

Tensor ScNetwork::sums(const Layer& layer, const Read& x) const {
  const Tensor s = torch::addmm(layer.bias, x.mean, layer.weight.t());
  const Tensor v = torch::mm(x.square, (1 - layer.weight.square()).t()) + (1 - layer.bias.square());
  return noisy(s, v / (shape_.integral * static_cast<double>(shape_.length)));
}

Tensor ScNetwork::run(const Tensor& p) const {
  Tensor bits = p;
  for (std::size_t hidden = 0; hidden < shape_.gains.size(); ++hidden)
    bits = counters(layers_[hidden], shape_.gains[hidden], read(bits));
  return sums(layers_.back(), read(bits));
}

Tensor ScNetwork::logits(const Tensor& p) const { return run(p) * log_factor_.exp(); }

void ScNetwork::constrain() {
  const torch::NoGradGuard no_grad;
  for (Layer& layer : layers_) {
    layer.weight.clamp_(-1, 1);
    layer.bias.clamp_(-1, 1);
  }
}

golden::FloatScNetwork ScNetwork::to_float() const {
  golden::FloatScNetwork network;
  network.bipolar = shape_.bipolar;
  network.integral = shape_.integral;
  network.length = shape_.length;
  for (std::size_t at = 0; at < layers_.size(); ++at) {
    const Tensor weight = layers_[at].weight.detach(), bias = layers_[at].bias.detach();
    golden::FloatSc& layer = network.layers.emplace_back();
    layer.weight = Eigen::Map<const golden::FloatMatrix>(weight.data_ptr<float>(), weight.size(0),
                                                         weight.size(1));
    layer.bias = Eigen::Map<const golden::FloatVector>(bias.data_ptr<float>(), bias.size(0));
    if (at < shape_.gains.size()) layer.gain = shape_.gains[at];
  }
  return network;
}

}  // namespace lacuna::models
