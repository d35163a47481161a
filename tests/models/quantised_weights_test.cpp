// SPDX-License-Identifier: Apache-2.0
#include "models/quantised_weights.h"

#include <gtest/gtest.h>

#include <cmath>

namespace lacuna::models {
namespace {

using golden::WeightFormat;
using torch::Tensor;

constexpr int kRows = 40, kColumns = 50, kSamples = 400;
const double kMagnitude = weight_magnitude(kColumns, kRows);

Tensor ramp() {
  return (torch::linspace(-1.5, 1.5, kRows * kColumns) * kMagnitude).view({kRows, kColumns});
}

TEST(QuantisedWeights, MagnitudeIsHalfOfGlorotsBound) {
  EXPECT_DOUBLE_EQ(weight_magnitude(1000, 4000), 0.5 * std::sqrt(6.0 / 5000));
}

TEST(QuantisedWeights, WithoutASeedTheyAreThoseOfTheThresholds) {
  const Tensor master = ramp();
  const Tensor binary = quantised_weights(master, WeightFormat::kBinary);
  EXPECT_TRUE(torch::allclose(
      binary, torch::where(master.ge(0), kMagnitude, -kMagnitude).to(torch::kFloat)));
  const Tensor ternary = quantised_weights(master, WeightFormat::kTernary);
  const Tensor kept = master.abs().gt(kMagnitude / 3).to(torch::kFloat);
  EXPECT_TRUE(torch::allclose(ternary, kept * master.sign() * kMagnitude));
  EXPECT_TRUE(torch::equal(quantised_weights(master, WeightFormat::kInt12), master));
}

TEST(QuantisedWeights, SamplesHaveTheProbabilitiesOfThePaper) {
  const Tensor master = ramp();
  for (const WeightFormat format : {WeightFormat::kBinary, WeightFormat::kTernary}) {
    Tensor sum = torch::zeros_like(master), size = torch::zeros_like(master);
    for (std::uint32_t seed = 0; seed < kSamples; ++seed) {
      const Tensor sample = quantised_weights(master, format, seed) / kMagnitude;
      sum += sample;
      size += sample.abs();
    }
    // The mean of a sample is the master weight, clipped to the magnitude, in either format.
    const Tensor wanted = (master / kMagnitude).clamp(-1, 1);
    const double spread = 5 / std::sqrt(static_cast<double>(kSamples));
    EXPECT_LT((sum / kSamples - wanted).abs().max().item<double>(), spread);
    if (format == WeightFormat::kTernary) {
      EXPECT_LT((size / kSamples - wanted.abs()).abs().max().item<double>(), spread / 2);
    }
    // Averaged over a row of 50 neighbours a bias would show that single weights hide.
    const Tensor bias = (sum / kSamples - wanted).mean(1);
    EXPECT_LT(bias.abs().max().item<double>(), spread / std::sqrt(static_cast<double>(kColumns)));
  }
}

TEST(QuantisedWeights, DrawsOfOneSampleAreIndependent) {
  const Tensor sample =
      quantised_weights(torch::zeros({200, 500}), WeightFormat::kBinary, 7).sign();
  for (const int distance : {1, 2, 3, 16, 500, 501}) {
    const Tensor flat = sample.flatten();
    const std::int64_t rest = flat.size(0) - distance;
    const double correlation =
        (flat.slice(0, 0, rest) * flat.slice(0, distance)).mean().item<double>();
    EXPECT_LT(std::abs(correlation), 5 / std::sqrt(static_cast<double>(rest))) << distance;
  }
}

TEST(QuantisedWeights, TheSameSeedDrawsTheSameSample) {
  const auto draw = [](std::uint32_t seed) {
    return quantised_weights(ramp(), WeightFormat::kTernary, seed);
  };
  EXPECT_TRUE(torch::equal(draw(3), draw(3)));
  EXPECT_FALSE(torch::equal(draw(3), draw(4)));
}

TEST(QuantisedWeights, GradientIsThatOfTheQuantisedWeight) {
  const Tensor master = ramp().requires_grad_();
  const Tensor factor = torch::randn({kRows, kColumns});
  (quantised_weights(master, WeightFormat::kBinary, 5) * factor).sum().backward();
  EXPECT_TRUE(torch::equal(master.grad(), factor));
}

}  // namespace
}  // namespace lacuna::models
