// SPDX-License-Identifier: Apache-2.0
// The network of stochastic streams as it is trained: means of streams, with the noise that streams
// of a finite length have (P6; the arithmetic of streams in docs/sc.md).
//
//   x = p, q = p;  bipolar: x = 2 p - 1, q = 1         means of what a bit stands for, and of its
//   square s = W x + b                                        mean of a cycle's sum, in units of m
//   v = sum over i of [q (1 - w^2) / m + (q - x^2) w^2] + (1 - b^2) / m        its variance
//   p = (1 + tanh(states / (2 m v) s)) / 2 + N(0, p (1 - p) (1 + 2 tau) / length)   of the bits
//   that leave,
//       states = 2 round(gain m mean(v)),  tau = (states / (2 m))^2 / v
//   last layer: y = s + N(0, (sum over i of q (1 - w^2) + 1 - b^2) / (m length))
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
  bool bipolar = false;       ///< bits of x are read as -1 and 1
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

  /// y of the last layer, noise drawn from Torch's generator. @param p [images, inputs], 0..1
  torch::Tensor run(const torch::Tensor& p) const;

  /// The same times a learned factor, which the answer does not depend on: logits for the loss.
  torch::Tensor logits(const torch::Tensor& p) const;

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
  /// What bits that are 1 with probability p stand for: their mean, and that of their squares.
  struct Read {
    torch::Tensor mean, square;
  };
  Read read(const torch::Tensor& p) const;
  torch::Tensor counters(const Layer& layer, double gain, const Read& x) const;
  torch::Tensor sums(const Layer& layer, const Read& x) const;

  ScShape shape_;
  std::vector<Layer> layers_;
  torch::Tensor log_factor_;
  std::vector<std::pair<std::string, torch::Tensor>> all_;
};

}  // namespace lacuna::models
