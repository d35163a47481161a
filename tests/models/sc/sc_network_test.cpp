// SPDX-License-Identifier: Apache-2.0
// Means of streams in training are the means of golden's streams.
#include "models/sc/sc_network.h"

#include <gmock/gmock.h>

#include <cmath>

#include "golden/sc/sc_network.h"
#include "golden/sc/sc_quantize.h"

namespace lacuna::models {
namespace {

using torch::Tensor;

constexpr int kEndless = 1 << 30;  // cycles that leave no noise

/// 64 -> 40 -> 30 -> 10, weights of random size and sign.
ScNetwork random_network(int integral, int length, bool bipolar = false) {
  torch::manual_seed(7);
  ScNetwork network({{64, 40, 30, 10}, {0.4, 1.0}, bipolar, integral, length});
  const torch::NoGradGuard no_grad;
  for (const auto& [name, tensor] : network.parameters()) {
    Tensor parameter = tensor;
    parameter.copy_(torch::rand_like(parameter) * 2 - 1);
  }
  return network;
}

Tensor random_pixels(int images) {
  torch::manual_seed(8);
  return torch::randint(0, 256, {images, 64}, torch::kByte);
}

/// Mean of a cycle's sum in units of m, by golden's streams of as many seeds. [images, 10]
Tensor streamed(const ScNetwork& network, const Tensor& pixels, int seeds) {
  const Tensor halves = torch::div(pixels, 2, "floor").to(torch::kChar).contiguous();
  const auto* first = halves.data_ptr<std::int8_t>();
  const std::vector<std::int8_t> x(first, first + halves.numel());
  const golden::Bundle bundle = golden::quantize(network.to_float(), x);
  Tensor mean = torch::zeros({pixels.size(0), 10});
  const auto& layer = std::get<golden::ScLayer>(bundle.layers.front());
  for (int seed = 1; seed <= seeds; ++seed) {
    auto sums = golden::ScNetwork(bundle, static_cast<std::uint64_t>(seed))
                    .run(x, static_cast<int>(pixels.size(0)));
    mean += torch::from_blob(sums.data(), {pixels.size(0), 10}, torch::kInt) /
            (static_cast<double>(seeds) * layer.integral * layer.length);
  }
  return mean;
}

TEST(ScNetwork, PixelsAreTheMeansOfGoldensInputs) {
  const Tensor means = stream_means(torch::tensor({{0, 1, 2, 255}}, torch::kByte));
  EXPECT_EQ(means.dtype(), torch::kFloat);
  EXPECT_EQ(means[0][1].item<float>(), 0);
  EXPECT_EQ(means[0][2].item<float>(), 16 / 2048.0F);
  EXPECT_EQ(means[0][3].item<float>(), 2047 / 2048.0F);
}

TEST(ScNetwork, MeansAreThoseOfGoldensStreams) {
  const Tensor pixels = random_pixels(16);
  for (const int integral : {1, 4}) {
    const Tensor means = random_network(integral, kEndless).run(stream_means(pixels)).detach();
    const Tensor streams = streamed(random_network(integral, 2048), pixels, 4);
    // Of outputs with a deviation of 1.5. What is left of the error at m = 1 comes from counters
    // that have few states.
    EXPECT_GT(means.std().item<double>(), 1.4);
    EXPECT_LT((means - streams).square().mean().sqrt().item<double>(), integral == 1 ? 0.3 : 0.17)
        << integral;
  }
}

/// The sums of a conventional second layer vary mostly by their bits, which counters hold for some
/// cycles: its tanh is flatter than the law, which takes every cycle's sum for a new one.
TEST(ScNetwork, BipolarMeansAreThoseOfGoldensStreamsButForTheirScale) {
  const Tensor pixels = random_pixels(16);
  for (const int integral : {1, 4}) {
    const Tensor means =
        random_network(integral, kEndless, true).run(stream_means(pixels)).detach();
    const Tensor streams = streamed(random_network(integral, 2048, true), pixels, 4);
    const auto product = [](const Tensor& a, const Tensor& b) {
      return (a * b).mean().item<double>();
    };
    const double scale = product(means, streams) / product(means, means);
    EXPECT_GT(scale, 0.7) << integral;
    EXPECT_LT(scale, 1) << integral;
    EXPECT_GT(scale * std::sqrt(product(means, means) / product(streams, streams)), 0.96)
        << integral;
  }
}

TEST(ScNetwork, NoiseFallsWithTheLength) {
  const Tensor x = stream_means(random_pixels(50));
  const Tensor mean = random_network(2, kEndless).run(x).detach();
  const auto noise = [&](int length) {
    return (random_network(2, length).run(x) - mean).square().mean().sqrt().item<double>();
  };
  EXPECT_NEAR(noise(256) / noise(4096), 4, 0.6);
}

/// The noise is what streams have: the error of golden's, a seed at a time.
TEST(ScNetwork, NoiseIsThatOfGoldensStreams) {
  const Tensor pixels = random_pixels(50);
  const Tensor x = stream_means(pixels);
  for (const auto& [bipolar, integral] : {std::pair{false, 4}, {true, 1}, {true, 4}}) {
    const ScNetwork network = random_network(integral, 256, bipolar);
    const Tensor mean = random_network(integral, kEndless, bipolar).run(x).detach();
    const double drawn = (network.run(x) - mean).square().mean().sqrt().item<double>();
    const Tensor streams = streamed(network, pixels, 1);
    const double real = (streams - mean).square().mean().sqrt().item<double>();
    EXPECT_NEAR(real / drawn, 1, 0.2) << real << " " << drawn << ", bipolar " << bipolar;
  }
}

/// Bits that stand for -1 and 1 instead of 0 and 1: the same pixels are other numbers.
TEST(ScNetwork, BipolarBitsAreTwiceTheUnipolarOnesLessOne) {
  torch::manual_seed(7);
  ScNetwork plain({{64, 10}, {}, false, 1, kEndless}), bipolar({{64, 10}, {}, true, 1, kEndless});
  const torch::NoGradGuard no_grad;
  for (std::size_t at = 0; at < plain.parameters().size(); ++at)
    Tensor(bipolar.parameters()[at].second).copy_(plain.parameters()[at].second);
  const Tensor p = stream_means(random_pixels(5));
  EXPECT_TRUE(torch::allclose(bipolar.run(p), plain.run(2 * p - 1), 1e-3, 1e-3));
}

TEST(ScNetwork, WeightsStayWithinWhatStreamsHold) {
  ScNetwork network = random_network(1, 256);
  {
    const torch::NoGradGuard no_grad;
    for (const auto& [name, tensor] : network.parameters()) Tensor(tensor).mul_(3);
  }
  network.constrain();
  for (const golden::FloatSc& layer : network.to_float().layers) {
    EXPECT_EQ(layer.weight.cwiseAbs().maxCoeff(), 1);
    EXPECT_EQ(layer.bias.cwiseAbs().maxCoeff(), 1);
  }
}

TEST(ScNetwork, TheFactorOfLogitsChangesNoAnswer) {
  const ScNetwork network = random_network(1, kEndless);
  const Tensor x = stream_means(random_pixels(20));
  const Tensor quotient = (network.logits(x) / network.run(x)).detach();
  EXPECT_LT((quotient / quotient[0][0] - 1).abs().max().item<double>(), 0.05);
  EXPECT_GT(quotient[0][0].item<double>(), 0);
}

}  // namespace
}  // namespace lacuna::models
