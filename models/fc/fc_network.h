// SPDX-License-Identifier: Apache-2.0
// The sparsely-connected network that is trained (P5, Algorithm 1): masks from the very registers
// that the hardware runs, fixed from start to end; weights real, ternary or binary.
//
//   z = (Q(W) o M) x;   y = relu(BN(z)), the last layer without relu
//
// Convolutions may come before it, which have no masks.
#pragma once

#include <torch/torch.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "golden/fc/float_fc.h"
#include "models/fc/convolutions.h"
#include "models/fc/normalised_layer.h"

namespace lacuna::models {

struct FcShape {
  std::vector<int> sizes;  ///< inputs, hidden layers, outputs
  golden::WeightFormat format = golden::WeightFormat::kInt8;
  double sparsity = 0;  ///< P5's p of every layer, the last one included
  golden::LfsrKind kind = golden::LfsrKind::kAllStates;
  int groups = 0;  ///< sets of outputs that share a mask; 0: every output has its own
  ConvolutionShape convolutions = {};  ///< before the first layer: its inputs are their features
};

class FcNetwork {
 public:
  /// Initial weights are drawn from Torch's generator.
  explicit FcNetwork(const FcShape& shape);

  /// Outputs [images, outputs] of x: [images, inputs], or what the convolutions take. The batch
  /// normalises itself. Where `sample`, ternary and binary weights are drawn from Torch's
  /// generator; else they are deterministic.
  torch::Tensor train(const torch::Tensor& x, bool sample) const;

  /// Outputs with deterministic weights and the statistics that collect() left.
  torch::Tensor evaluate(const torch::Tensor& x) const;

  /// What the first fully-connected layer takes in evaluation [images, inputs]: x itself where
  /// there are no convolutions.
  torch::Tensor features(const torch::Tensor& x) const;

  /// Takes the statistics of evaluation from these images, with deterministic weights as they are.
  /// To be called before the network is evaluated or exported.
  void collect(const torch::Tensor& x);

  /// Keeps master weights of few values within +-W0, the range in which they change what is drawn.
  void constrain();

  const std::vector<std::pair<std::string, torch::Tensor>>& parameters() const { return all_; }

  /// Factor of the learning rate of each of parameters().
  std::vector<double> rate_factors() const;

  /// What evaluate() computes of features(), for golden: normalisation folded into weights and
  /// biases. Facts are left empty.
  golden::FloatFcNetwork to_float() const;

 private:
  struct Layer : NormalisedLayer {
    torch::Tensor mask;  ///< 1 where a connection exists; undefined where all do
    std::optional<golden::ConnectionMask> connections;

    using NormalisedLayer::NormalisedLayer;
    torch::Tensor masked_weights(bool sample) const;
  };
  torch::Tensor activation(const Layer& layer, const torch::Tensor& z, bool training) const;

  std::optional<Convolutions> convolutions_;
  std::vector<Layer> layers_;
  std::vector<std::pair<std::string, torch::Tensor>> all_;
};

}  // namespace lacuna::models
