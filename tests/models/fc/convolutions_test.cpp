// SPDX-License-Identifier: Apache-2.0
#include "models/fc/convolutions.h"

#include <gmock/gmock.h>

#include "models/quantised_weights.h"

namespace lacuna::models {
namespace {

using golden::WeightFormat;
using torch::Tensor;

Convolutions seeded(const ConvolutionShape& shape, WeightFormat format) {
  torch::manual_seed(7);
  return Convolutions(shape, format);
}

std::vector<std::pair<std::string, Tensor>> parameters_of(Convolutions& convolutions) {
  std::vector<std::pair<std::string, Tensor>> parameters;
  convolutions.append_to(parameters);
  return parameters;
}

TEST(Convolutions, GiveAsManyFeaturesAsTheirShapeSays) {
  for (const std::vector<int>& outputs : {std::vector{4}, {4, 6}, {4, 6, 5}, {4, 6, 5, 7}}) {
    for (const int side : {8, 11}) {
      const ConvolutionShape shape{outputs, 3, side};
      const Convolutions convolutions = seeded(shape, WeightFormat::kInt8);
      const Tensor y = convolutions.train(torch::rand({5, 3, side, side}), false);
      EXPECT_EQ(y.sizes(), (std::vector<std::int64_t>{5, shape.features()}));
    }
  }
  EXPECT_EQ((ConvolutionShape{{128, 128, 256, 256, 512, 512}, 3, 32}.features()), 8192) << "P5";
  EXPECT_EQ((ConvolutionShape{std::vector<int>(8, 4), 3, 8}.features()), 0);
  EXPECT_EQ((ConvolutionShape{std::vector<int>(200, 4), 3, 32}.features()), 0);
}

TEST(Convolutions, AreSumsOverNeighboursPooledNormalisedAndCutAtZero) {
  Convolutions convolutions = seeded({{1, 1}, 1, 4}, WeightFormat::kInt8);
  const Tensor x = torch::arange(32).to(torch::kFloat).view({2, 1, 4, 4});
  {
    const torch::NoGradGuard no_grad;
    const auto parameters = parameters_of(convolutions);
    for (const std::size_t layer : {0U, 3U}) {  // the pixel itself, and its right neighbour
      Tensor weight = parameters[layer].second;
      weight.zero_();
      weight[0][layer == 0 ? 4 : 5] = 1;
    }
  }
  const auto normalised = [](const Tensor& z) {
    return torch::relu((z - z.mean()) / (z.var(/*unbiased=*/false) + 1e-4).sqrt());
  };
  const Tensor first = normalised(x);
  const Tensor shifted =
      torch::cat({first.slice(3, 1), torch::zeros({2, 1, 4, 1})}, 3);  // zeros beyond the border
  const Tensor expected = normalised(torch::max_pool2d(shifted, 2)).flatten(1);
  EXPECT_LT((convolutions.train(x, false) - expected).abs().max().item<double>(), 1e-5);
}

TEST(Convolutions, EvaluateWithTheStatisticsOfTheCollectedImages) {
  for (const WeightFormat format : {WeightFormat::kInt8, WeightFormat::kBinary}) {
    Convolutions convolutions = seeded({{4, 6, 5, 7}, 3, 8}, format);
    const Tensor x = torch::rand({20, 3, 8, 8});
    const Tensor collected = convolutions.collect(x);
    EXPECT_LT((collected - convolutions.train(x, false)).abs().max().item<double>(), 1e-4);
    EXPECT_LT((convolutions.evaluate(x) - collected).abs().max().item<double>(), 1e-5);
    const Tensor alone = convolutions.evaluate(x.slice(0, 3, 4));
    EXPECT_LT((alone[0] - collected[3]).abs().max().item<double>(), 1e-5)
        << "an image's features do not depend on those beside it";
  }
}

TEST(Convolutions, GradientsReachEveryParameter) {
  for (const WeightFormat format :
       {WeightFormat::kInt8, WeightFormat::kTernary, WeightFormat::kBinary}) {
    Convolutions convolutions = seeded({{4, 6, 5, 7}, 3, 8}, format);
    const auto parameters = parameters_of(convolutions);
    ASSERT_EQ(parameters.size(), 12U);
    EXPECT_EQ(parameters[0].first, "conv0.weight");
    const Tensor y = convolutions.train(torch::rand({20, 3, 8, 8}), true);
    (y * torch::rand_like(y)).sum().backward();
    for (const auto& [name, tensor] : parameters)
      EXPECT_TRUE(tensor.grad().ne(0).all().item<bool>()) << name;
  }
}

TEST(Convolutions, WeightsAreDrawnInTrainingAloneAndMastersStayWithinTheMagnitude) {
  Convolutions convolutions = seeded({{4, 6}, 3, 8}, WeightFormat::kBinary);
  const Tensor x = torch::rand({20, 3, 8, 8});
  EXPECT_FALSE(torch::equal(convolutions.train(x, true), convolutions.train(x, true)));
  EXPECT_TRUE(torch::equal(convolutions.train(x, false), convolutions.train(x, false)));
  Tensor master = parameters_of(convolutions)[3].second;
  {
    const torch::NoGradGuard no_grad;
    master.mul_(100);
  }
  convolutions.constrain();
  EXPECT_NEAR(master.abs().max().item<double>(), weight_magnitude(4 * 9, 6), 1e-6);
}

}  // namespace
}  // namespace lacuna::models
