// SPDX-License-Identifier: Apache-2.0
// Masks in training are golden's; what is folded for golden is what evaluation computes.
#include "models/fc/fc_network.h"

#include <gmock/gmock.h>

#include "models/quantised_weights.h"

namespace lacuna::models {
namespace {

using golden::WeightFormat;
using torch::Tensor;

FcNetwork seeded(const FcShape& shape) {
  torch::manual_seed(7);
  return FcNetwork(shape);
}

FcShape sparse_shape(WeightFormat format, int groups) {
  return {{64, 24, 10}, format, 0.75, golden::LfsrKind::kAllStates, groups};
}

/// 1 where golden says that a connection exists.
Tensor golden_mask(int inputs, int outputs, int groups) {
  const int bits = golden::mask_bits(inputs);
  const golden::ConnectionMask mask{golden::LfsrKind::kAllStates, bits,
                                    golden::mask_threshold(0.75, bits), groups};
  const auto connections = golden::group_connections(mask, inputs);
  Tensor ones = torch::zeros({outputs, inputs});
  for (int output = 0; output < outputs; ++output) {
    for (const auto input : connections[static_cast<std::size_t>(output % groups)])
      ones[output][input] = 1;
  }
  return ones;
}

TEST(FcNetwork, GradientsReachExactlyTheConnectionsOfGolden) {
  for (const int groups : {0, 4}) {
    const FcNetwork network = seeded(sparse_shape(WeightFormat::kInt8, groups));
    (network.train(torch::rand({50, 64}), false) * torch::rand({50, 10})).sum().backward();
    const auto& parameters = network.parameters();
    ASSERT_EQ(parameters[0].first, "fc0.weight");
    ASSERT_EQ(parameters[3].first, "fc1.weight");
    const Tensor hidden = parameters[0].second.grad().ne(0);
    const Tensor output = parameters[3].second.grad().ne(0);
    EXPECT_TRUE(torch::equal(output, golden_mask(24, 10, groups > 0 ? groups : 10).ne(0)))
        << "the output layer is masked too";
    // A hidden unit that no output is connected to learns nothing.
    const Tensor used = output.any(0).unsqueeze(1);
    EXPECT_TRUE(torch::equal(hidden, golden_mask(64, 24, groups > 0 ? groups : 24).ne(0) & used));
  }
}

TEST(FcNetwork, GradientsReachConvolutionsThroughTheMasks) {
  FcShape shape = sparse_shape(WeightFormat::kBinary, 4);
  shape.convolutions = {{4, 16}, 3, 4};  // 16 x 2 x 2 = 64 features
  FcNetwork network = seeded(shape);
  const Tensor x = torch::rand({50, 3, 4, 4});
  (network.train(x, true) * torch::rand({50, 10})).sum().backward();
  const auto& parameters = network.parameters();
  ASSERT_EQ(parameters.size(), 12U);
  EXPECT_EQ(network.rate_factors()[0], master_rate_factor(27, 4));
  for (std::size_t n = 0; n < 6; ++n) {
    EXPECT_TRUE(parameters[n].second.grad().ne(0).all().item<bool>()) << parameters[n].first;
  }
  ASSERT_EQ(parameters[6].first, "fc0.weight");
  const Tensor missing = golden_mask(64, 24, 4).eq(0);
  EXPECT_TRUE(parameters[6].second.grad().masked_select(missing).eq(0).all().item<bool>());

  network.collect(x);
  const Tensor features = network.features(x);
  EXPECT_EQ(features.sizes(), (std::vector<std::int64_t>{50, 64}));
  shape.convolutions = {};
  EXPECT_TRUE(torch::equal(seeded(shape).features(features), features));
}

TEST(FcNetwork, MissingConnectionsCountNothing) {
  FcNetwork network = seeded(sparse_shape(WeightFormat::kBinary, 4));
  const Tensor x = torch::rand({50, 64});
  network.collect(x);
  const Tensor before = network.evaluate(x);
  {
    const torch::NoGradGuard no_grad;
    Tensor master = network.parameters()[0].second;
    master.mul_(2 * golden_mask(64, 24, 4) - 1);  // turns the signs of those that do not exist
  }
  EXPECT_TRUE(torch::equal(network.evaluate(x), before));
}

TEST(FcNetwork, MoreGroupsThanOutputsAreAMaskForEach) {
  const FcNetwork many = seeded(sparse_shape(WeightFormat::kInt8, 1000));
  EXPECT_EQ(many.to_float().layers[1].mask->groups, 10);
}

TEST(FcNetwork, DenseNetworksHaveNoMask) {
  const FcNetwork network = seeded({{64, 24, 10}});
  EXPECT_FALSE(network.to_float().layers[0].mask.has_value());
}

TEST(FcNetwork, WeightsAreDrawnInTrainingAlone) {
  for (const WeightFormat format : {WeightFormat::kBinary, WeightFormat::kTernary}) {
    FcNetwork network = seeded(sparse_shape(format, 0));
    const Tensor x = torch::rand({50, 64});
    EXPECT_FALSE(torch::equal(network.train(x, true), network.train(x, true)));
    EXPECT_TRUE(torch::equal(network.train(x, false), network.train(x, false)));
    network.collect(x);
    EXPECT_LT((network.evaluate(x) - network.train(x, false)).abs().max().item<double>(), 1e-4)
        << "statistics of the same images";
  }
}

TEST(FcNetwork, FoldsWhatEvaluationComputes) {
  for (const WeightFormat format : golden::weight_formats()) {
    FcNetwork network = seeded(sparse_shape(format, 4));
    const Tensor x = torch::rand({50, 64});
    network.collect(x);
    Tensor y = x;
    const golden::FloatFcNetwork folded = network.to_float();
    for (const golden::FloatFc& layer : folded.layers) {
      const golden::FloatMatrix transposed = layer.weight.transpose();
      golden::FloatVector bias = layer.bias;
      golden::FloatMatrix weight = transposed;
      y = torch::mm(y, torch::from_blob(weight.data(), {weight.rows(), weight.cols()})) +
          torch::from_blob(bias.data(), {bias.size()});
      if (&layer != &folded.layers.back()) y = torch::relu(y);
    }
    EXPECT_LT((y - network.evaluate(x)).abs().max().item<double>(), 1e-4)
        << golden::name_of(format);
  }
}

TEST(FcNetwork, MastersOfFewValuesStayWithinTheMagnitudeAndMoveInItsSteps) {
  FcNetwork network = seeded(sparse_shape(WeightFormat::kTernary, 0));
  Tensor master = network.parameters()[0].second;
  {
    const torch::NoGradGuard no_grad;
    master.mul_(100);
  }
  network.constrain();
  const double magnitude = weight_magnitude(64, 24);
  EXPECT_NEAR(master.abs().max().item<double>(), magnitude, 1e-6);
  EXPECT_DOUBLE_EQ(network.rate_factors()[0], master_rate_factor(64, 24));
  EXPECT_EQ(network.rate_factors()[1], 1.0);
}

}  // namespace
}  // namespace lacuna::models
