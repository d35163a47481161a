// SPDX-License-Identifier: Apache-2.0
#include "models/fc/convolutions.h"

namespace lacuna::models {
namespace {

using torch::Tensor;

constexpr std::int64_t kKernel = 3;

}  // namespace

std::int64_t ConvolutionShape::features() const {
  const std::size_t poolings = outputs.size() / 2;
  const std::int64_t left = poolings < 31 ? side >> poolings : 0;
  return outputs.back() * left * left;
}

Convolutions::Convolutions(const ConvolutionShape& shape, golden::WeightFormat format) {
  std::int64_t channels = shape.channels;
  for (const int outputs : shape.outputs) {
    layers_.emplace_back(outputs, channels * kKernel * kKernel, format);
    channels = outputs;
  }
}

Tensor Convolutions::convolve(std::size_t layer, const Tensor& x, bool sample) const {
  const Tensor weights = layers_[layer].weights(sample).view({-1, x.size(1), kKernel, kKernel});
  const Tensor z = torch::conv2d(x, weights, {}, /*stride=*/1, /*padding=*/1);
  return layer % 2 == 1 ? torch::max_pool2d(z, 2) : z;
}

Tensor Convolutions::activation(std::size_t layer, const Tensor& z, bool training) const {
  return torch::relu(layers_[layer].normalise(z, training));
}

Tensor Convolutions::train(const Tensor& x, bool sample) const {
  Tensor y = x;
  for (std::size_t layer = 0; layer < layers_.size(); ++layer)
    y = activation(layer, convolve(layer, y, sample), true);
  return y.flatten(1);
}

Tensor Convolutions::evaluate(const Tensor& x) const {
  const torch::NoGradGuard no_grad;
  Tensor y = x;
  for (std::size_t layer = 0; layer < layers_.size(); ++layer)
    y = activation(layer, convolve(layer, y, false), false);
  return y.flatten(1);
}

Tensor Convolutions::collect(const Tensor& x) {
  const torch::NoGradGuard no_grad;
  Tensor y = x;
  for (std::size_t layer = 0; layer < layers_.size(); ++layer) {
    const Tensor z = convolve(layer, y, false);
    layers_[layer].collect(z);
    y = activation(layer, z, false);
  }
  return y.flatten(1);
}

void Convolutions::constrain() {
  for (NormalisedLayer& layer : layers_) layer.constrain();
}

void Convolutions::append_to(std::vector<std::pair<std::string, Tensor>>& parameters) {
  for (std::size_t layer = 0; layer < layers_.size(); ++layer)
    layers_[layer].append_to(parameters, "conv" + std::to_string(layer));
}

}  // namespace lacuna::models
