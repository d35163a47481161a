// SPDX-License-Identifier: Apache-2.0
// The network of stochastic streams as it is trained: means of streams, with the noise that streams
// of a finite length have (P6; the arithmetic of streams in docs/sc.md).
//
//   s = W x + b                                        mean of a cycle's sum, in units of m
//   v = sum over i of [x (1 - w^2) / m + x (1 - x) w^2] + (1 - b^2) / m        its variance
//   p = (1 + tanh(states / (2 m v) s)) / 2,  states = 2 round(gain m mean(v))
//   y = p + N(0, p (1 - p) (1 + 2 tau) / length),  tau = (states / (2 m))^2 / v
//   last layer: y = s + N(0, (sum over i of x (1 - w^2) + 1 - b^2) / (m length))
//
// tau is the number of cycles in which a random walk of variance v crosses half a counter, so that
// only every (1 + 2 tau)th bit is a new sample. The noise of x is already in x.
#pragma once

#include <torch/torch.h>

#include <string>
#include <utility>
#include <vector>

#include "golden/sc/float_sc.h"

namespace lacuna::models {

struct ScShape {
  std::vector<int> sizes;     ///< inputs, hidden layers, outputs
  std::vector<double> gains;  ///< of the counters, one a hidden layer
  int integral = 1;           ///< P6's m: streams of a weight
  int length = 256;           ///< cycles of an image
};

/// Means of the streams of pixels, by golden::input_code. @param pixels uint8 [images, ...]
/// @return float [images, pixels]
torch::Tensor stream_means(const torch::Tensor& pixels);

class ScNetwork {
 public:
  /// Initial weights are drawn from Torch's generator.
  explicit ScNetwork(ScShape shape);

  /// y of the last layer, noise drawn from Torch's generator. @param x [images, inputs], 0..1
  torch::Tensor run(const torch::Tensor& x) const;

  /// The same times a learned factor, which the answer does not depend on: logits for the loss.
  torch::Tensor logits(const torch::Tensor& x) const;

  /// Keeps weights and biases within -1..1, what streams can hold.
  void constrain();

  const std::vector<std::pair<std::string, torch::Tensor>>& parameters() const { return all_; }

  /// For golden. Facts are left empty.
  golden::FloatScNetwork to_float() const;

 private:
  struct Layer {
    torch::Tensor weight;  ///< [outputs, inputs]
    torch::Tensor bias;    ///< [outputs]
  };
  torch::Tensor counters(const Layer& layer, double gain, const torch::Tensor& x) const;
  torch::Tensor sums(const Layer& layer, const torch::Tensor& x) const;

  ScShape shape_;
  std::vector<Layer> layers_;
  torch::Tensor log_factor_;
  std::vector<std::pair<std::string, torch::Tensor>> all_;
};

}  // namespace lacuna::models
