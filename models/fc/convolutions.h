// SPDX-License-Identifier: Apache-2.0
// Convolutions in front of fully-connected layers, as BinaryConnect's network for CIFAR-10 has them
// (P5 keeps them dense): 3 x 3, the border padded with zeros.
//
//   z = Q(W) * x, every second one max(z) of 2 x 2;   y = relu(BN(z))
#pragma once

#include <torch/torch.h>

#include <string>
#include <utility>
#include <vector>

#include "models/fc/normalised_layer.h"

namespace lacuna::models {

struct ConvolutionShape {
  std::vector<int> outputs;  ///< channels that each convolution gives; empty: no convolutions
  int channels = 0;          ///< of the images
  int side = 0;              ///< of the images, in pixels

  /// How many numbers of an image the last convolution gives; 0 where poolings leave nothing.
  std::int64_t features() const;
};

class Convolutions {
 public:
  /// Initial weights are drawn from Torch's generator. Weights of formats that are not ternary or
  /// binary stay real.
  Convolutions(const ConvolutionShape& shape, golden::WeightFormat format);

  /// Features [images, features] of x [images, channels, side, side], in reading order channel by
  /// channel. `sample` as of FcNetwork::train.
  torch::Tensor train(const torch::Tensor& x, bool sample) const;
  torch::Tensor evaluate(const torch::Tensor& x) const;

  /// Takes the statistics of evaluation from these images. Returns their features.
  torch::Tensor collect(const torch::Tensor& x);

  void constrain();

  /// Appends the trained tensors, "conv0.weight" first.
  void append_to(std::vector<std::pair<std::string, torch::Tensor>>& parameters);

 private:
  torch::Tensor convolve(std::size_t layer, const torch::Tensor& x, bool sample) const;
  torch::Tensor activation(std::size_t layer, const torch::Tensor& z, bool training) const;

  std::vector<NormalisedLayer> layers_;
};

}  // namespace lacuna::models
