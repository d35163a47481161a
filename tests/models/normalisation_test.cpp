// SPDX-License-Identifier: Apache-2.0
#include "models/normalisation.h"

#include <gtest/gtest.h>

namespace lacuna::models {
namespace {

using torch::Tensor;

constexpr int kRows = 12, kColumns = 9, kRecent = 256;

/// Vectors whose columns neither have mean 0 nor are independent.
Tensor vectors(int count) {
  const Tensor independent = torch::randn({count, kColumns});
  return torch::mm(independent, torch::randn({kColumns, kColumns})) + 0.7;
}

TEST(ProductNormalisation, TrainingGivesProductsMeanZeroAndDeviationGamma) {
  torch::manual_seed(1);
  ProductNormalisation normalisation(kRows, kColumns);
  const Tensor x = vectors(kRecent), weights = torch::randn({kRows, kColumns});
  const Tensor gamma = torch::linspace(-0.5, 2, kRows);
  normalisation.remember(x);
  const NormalisedWeights by = normalisation.training(weights, gamma);
  const Tensor products = torch::mm(x, by.weight.t()) - by.offset;
  EXPECT_LT(products.mean(0).abs().max().item<double>(), 1e-4);
  EXPECT_TRUE(torch::allclose(products.std(0, false), gamma.abs(), 1e-3, 1e-4));
}

TEST(ProductNormalisation, GradientHasNothingThatNormalisationTakesOut) {
  torch::manual_seed(2);
  ProductNormalisation normalisation(kRows, kColumns);
  const Tensor x = vectors(kRecent);
  normalisation.remember(x);
  const Tensor weights = torch::randn({kRows, kColumns}).requires_grad_();
  const NormalisedWeights by = normalisation.training(weights, torch::ones({kRows}));
  const Tensor products = torch::mm(x, by.weight.t()) - by.offset;
  (products * torch::randn({kRecent, kRows})).sum().backward();
  // A larger row gives the same products: the gradient does not ask for one.
  const Tensor along = (weights.grad() * weights).sum(1);
  EXPECT_LT(along.abs().max().item<double>(), 1e-2 * weights.grad().norm().item<double>());
}

TEST(ProductNormalisation, OldVectorsAreForgotten) {
  torch::manual_seed(3);
  ProductNormalisation normalisation(kRows, kColumns);
  const Tensor weights = torch::randn({kRows, kColumns}), gamma = torch::ones({kRows});
  normalisation.remember(1000 * vectors(100));
  const Tensor last = vectors(kRecent);
  normalisation.remember(last.slice(0, 0, 100));
  normalisation.remember(last.slice(0, 100));
  const NormalisedWeights by = normalisation.training(weights, gamma);
  EXPECT_TRUE(torch::allclose((torch::mm(last, by.weight.t()) - by.offset).std(0, false), gamma,
                              1e-3, 1e-3));
}

TEST(ProductNormalisation, CollectedStatisticsAreThoseOfAllPieces) {
  torch::manual_seed(4);
  ProductNormalisation normalisation(kRows, kColumns);
  const Tensor weights = torch::randn({kRows, kColumns}), gamma = torch::ones({kRows});
  const Tensor all = vectors(3 * kRecent);
  normalisation.remember(all.slice(0, 0, kRecent));
  normalisation.restart(weights);
  normalisation.collect(weights, all.slice(0, kRecent, 2 * kRecent));
  normalisation.collect(weights, all.slice(0, 2 * kRecent));
  const NormalisedWeights by = normalisation.evaluation(weights, gamma);
  const Tensor products = torch::mm(all, by.weight.t()) - by.offset;
  EXPECT_LT(products.mean(0).abs().max().item<double>(), 1e-3);
  EXPECT_TRUE(torch::allclose(products.std(0, false), gamma, 1e-3, 1e-3));
}

TEST(RunningMoments, MemoryForgetsExponentially) {
  RunningMoments moments(1, 4);
  for (int n = 0; n < 100; ++n) moments.observe(torch::tensor({{1.0F}, {3.0F}}));
  EXPECT_NEAR(moments.mean().item<double>(), 2, 1e-5);
  EXPECT_NEAR(moments.variance().item<double>(), 1, 1e-5);
  moments.observe(torch::tensor({{10.0F}}));
  EXPECT_NEAR(moments.mean().item<double>(), 4, 1e-5) << "a quarter of the way";
}

}  // namespace
}  // namespace lacuna::models
