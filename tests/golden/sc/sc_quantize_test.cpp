// SPDX-License-Identifier: Apache-2.0
// Weights become codes, and the law of the counters' states holds in the streams.
#include "golden/sc/sc_quantize.h"

#include <gmock/gmock.h>

#include <cmath>

#include "golden/sc/sc_network.h"
#include "tests/golden/error_message.h"
#include "tests/golden/sc/random_sc.h"

namespace lacuna::golden {
namespace {

FloatSc random_float_layer(Dice& dice, int inputs, int outputs, double gain) {
  FloatSc layer{FloatMatrix(outputs, inputs), FloatVector(outputs), gain};
  const auto weight = [&] { return static_cast<float>(dice.roll(-1000, 1000)) / 1000; };
  for (Eigen::Index n = 0; n < layer.weight.size(); ++n) layer.weight.data()[n] = weight();
  for (float& bias : layer.bias) bias = weight();
  return layer;
}

/// 40 -> 30 -> 6.
FloatScNetwork random_float_sc(Dice& dice, double gain) {
  FloatScNetwork network;
  network.layers = {random_float_layer(dice, 40, 30, gain), random_float_layer(dice, 30, 6, 0)};
  network.integral = 2;
  network.length = 2048;
  return network;
}

/// What a bit that is 1 with probability p stands for: its mean, and that of its square.
struct Read {
  double mean, square;
};
Read read(double p, bool bipolar) { return bipolar ? Read{2 * p - 1, 1} : Read{p, p}; }

TEST(ScQuantize, WeightsBecomeCodesWithTheBiasLast) {
  Dice dice(1);
  FloatScNetwork network = random_float_sc(dice, 0.5);
  network.facts["seed"] = 4;
  const Bundle bundle = quantize(network, random_pixels(dice, 10 * 40));
  ASSERT_EQ(bundle.layers.size(), 2u);
  EXPECT_EQ(bundle.facts.at("seed"), 4);
  for (std::size_t at = 0; at < 2; ++at) {
    const auto& layer = std::get<ScLayer>(bundle.layers[at]);
    EXPECT_EQ(layer.name, "sc" + std::to_string(at));
    EXPECT_EQ(layer.integral, 2);
    EXPECT_EQ(layer.length, 2048);
    std::vector<std::int16_t> codes;
    for (int output = 0; output < layer.outputs; ++output) {
      for (const float weight : network.layers[at].weight.row(output))
        codes.push_back(static_cast<std::int16_t>(weight_code(double{weight})));
      codes.push_back(
          static_cast<std::int16_t>(weight_code(double{network.layers[at].bias(output)})));
    }
    EXPECT_EQ(layer.codes, codes);
  }
  EXPECT_EQ(std::get<ScLayer>(bundle.layers[1]).states, 0) << "the last layer's sums accumulate";
}

/// Inputs that are always 1 leave the weights' part, (1 - w^2) / m; weights of +-1 the inputs',
/// x (1 - x). Of bipolar inputs those that are always 0 leave the weights' part too, and in the
/// middle a product is as likely -1 as 1.
TEST(ScQuantize, StatesFollowTheVariance) {
  FloatScNetwork network;
  network.integral = 4;
  network.length = 16;
  const auto states = [&](float weight, std::int8_t pixel) {
    network.layers = {{FloatMatrix::Constant(3, 100, weight), FloatVector::Constant(3, 1), 0.8},
                      {FloatMatrix::Zero(2, 3), FloatVector::Zero(2)}};
    const Bundle bundle = quantize(network, std::vector<std::int8_t>(500, pixel));
    const nlohmann::json& counters = bundle.facts.at("counters");
    EXPECT_EQ(counters.size(), 1u);
    EXPECT_EQ(counters[0].at("layer"), "sc0");
    EXPECT_EQ(counters[0].at("gain"), 0.8);
    EXPECT_EQ(counters[0].at("states"), std::get<ScLayer>(bundle.layers[0]).states);
    return std::pair(counters[0].at("variance").get<double>(), counters[0].at("states").get<int>());
  };
  const auto [of_weights, weight_states] = states(0.5F, 127);
  EXPECT_NEAR(of_weights, 100 * 0.75 / 4, 0.02);
  EXPECT_EQ(weight_states, 2 * 60);
  const auto [of_inputs, input_states] = states(-1, 64);
  EXPECT_NEAR(of_inputs, 100 * 0.25, 0.02);
  EXPECT_EQ(input_states, 2 * 80);
  network.bipolar = true;
  EXPECT_NEAR(states(0.5F, 127).first, 100 * 0.75 / 4, 0.1);
  EXPECT_NEAR(states(0.5F, 0).first, 100 * 0.75 / 4, 0.02);
  EXPECT_NEAR(states(-1, 64).first, 100, 0.1);
  EXPECT_NEAR(states(0.5F, 64).first, 100 * (0.75 / 4 + 0.25), 0.1);
}

/// Means of a layer's streams against the law, neuron by neuron. Over a whole period only the
/// likeness of registers of one polynomial is left as error.
TEST(ScQuantize, CountersWithTheseStatesFollowTheLaw) {
  for (const bool bipolar : {false, true}) {
    Dice dice(5);
    FloatScNetwork network = random_float_sc(dice, 0.4);
    network.bipolar = bipolar;
    const auto x = random_pixels(dice, 20 * 40);
    const Bundle bundle = quantize(network, x);
    const double mean_variance = bundle.facts.at("counters")[0].at("variance");
    const ScNetwork streams(bundle, 1);
    const FloatSc& layer = network.layers[0];
    double squares = 0;
    for (int image = 0; image < 20; ++image) {
      const std::vector<std::int8_t> one(x.begin() + std::ptrdiff_t{image} * 40,
                                         x.begin() + std::ptrdiff_t{image + 1} * 40);
      const ScTrace trace = streams.trace(one);
      for (int neuron = 0; neuron < 30; ++neuron) {
        const double b = double{layer.bias(neuron)};
        double s = b, v = (1 - b * b) / 2, ones = 0;
        for (int input = 0; input < 40; ++input) {
          const double w = double{layer.weight(neuron, input)};
          const Read x = read(input_code(one[static_cast<std::size_t>(input)]) / 2048.0, bipolar);
          s += w * x.mean;
          v += x.square * (1 - w * w) / 2 + (x.square - x.mean * x.mean) * w * w;
        }
        for (std::size_t cycle = 0; cycle < 2048; ++cycle)
          ones += trace.streams[0][cycle * 30 + static_cast<std::size_t>(neuron)];
        const double law = (1 + std::tanh(0.4 * mean_variance / v * s)) / 2;
        squares += std::pow(ones / 2048 - law, 2) / (20 * 30);
      }
    }
    EXPECT_LT(std::sqrt(squares), 0.06) << "bipolar " << bipolar;
  }
}

TEST(ScQuantize, WhatCannotBeStreamedIsNamed) {
  Dice dice(2);
  const auto x = random_pixels(dice, 40);
  const auto message = [&](const FloatScNetwork& network) {
    return error_message([&] { quantize(network, x); });
  };
  FloatScNetwork network = random_float_sc(dice, 0.5);
  network.layers[1].weight(2, 3) = -1.25F;
  EXPECT_THAT(message(network), says("layer sc1: a weight of -1.25 is outside -1..1"));
  network.layers[1].weight(2, 3) = std::nanf("");
  EXPECT_THAT(message(network), says("layer sc1: a weight of nan is outside -1..1"));
  EXPECT_THAT(message(random_float_sc(dice, 1e-3)), says("asks for 0 states, outside 2..4096"));
  EXPECT_THAT(message(random_float_sc(dice, 1e4)), says("states, outside 2..4096"));
  network = random_float_sc(dice, 0.5);
  network.layers[1].bias.resize(5);
  EXPECT_THAT(message(network), says("layer sc1: 6 x 30 weights and 5 biases for 30 inputs"));
}

}  // namespace
}  // namespace lacuna::golden
