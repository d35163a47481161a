// SPDX-License-Identifier: Apache-2.0
// Integers against the float network that they were made from.
#include "golden/fc/fc_quantize.h"

#include <gmock/gmock.h>

#include "golden/fc/fc_network.h"
#include "tests/golden/error_message.h"
#include "tests/golden/random_layer.h"

namespace lacuna::golden {
namespace {

constexpr int kImages = 60, kInputs = 100, kHidden = 40, kOutputs = 10;

FloatMatrix random_matrix(Dice& dice, int rows, int columns, float size) {
  return FloatMatrix::NullaryExpr(rows, columns, [&](Eigen::Index, Eigen::Index) {
    return size * static_cast<float>(dice.roll(-1000, 1000)) / 1000;
  });
}

/// Pixels as image data gives them: multiples of 1/128 from 0 to below 1.
FloatMatrix random_images(Dice& dice) {
  return FloatMatrix::NullaryExpr(kImages, kInputs, [&](Eigen::Index, Eigen::Index) {
    return static_cast<float>(dice.roll(0, 127)) / 128;
  });
}

FloatFc random_float_fc(Dice& dice, int inputs, int outputs, WeightFormat format,
                        std::optional<ConnectionMask> mask) {
  FloatFc layer;
  layer.format = format;
  layer.mask = mask;
  layer.weight = random_matrix(dice, outputs, inputs, 0.3F);
  layer.bias = random_matrix(dice, outputs, 1, 0.5F);
  if (!has_one_magnitude(format)) return layer;
  for (Eigen::Index output = 0; output < outputs; ++output) {
    const float magnitude = 0.01F * static_cast<float>(dice.roll(5, 30));
    for (Eigen::Index input = 0; input < inputs; ++input) {
      const int sign =
          format == WeightFormat::kTernary ? dice.roll(-1, 1) : dice.roll(0, 1) * 2 - 1;
      layer.weight(output, input) = magnitude * static_cast<float>(sign);
    }
  }
  return layer;
}

FloatFcNetwork random_float_network(Dice& dice, WeightFormat format, double sparsity, int groups) {
  const auto mask = [&](int inputs, int outputs) -> std::optional<ConnectionMask> {
    if (sparsity == 0) return std::nullopt;
    const int bits = mask_bits(inputs);
    return ConnectionMask{LfsrKind::kAllStates, bits, mask_threshold(sparsity, bits),
                          std::min(groups, outputs)};
  };
  return {{random_float_fc(dice, kInputs, kHidden, format, mask(kInputs, kHidden)),
           random_float_fc(dice, kHidden, kOutputs, format, mask(kHidden, kOutputs))},
          {}};
}

/// Outputs by the definition, with zeros where nothing is connected.
FloatMatrix run(const FloatFcNetwork& network, FloatMatrix x) {
  for (const FloatFc& layer : network.layers) {
    FloatMatrix weight = layer.weight;
    if (layer.mask) {
      const auto groups = group_connections(*layer.mask, static_cast<int>(weight.cols()));
      weight.setZero();
      for (Eigen::Index output = 0; output < weight.rows(); ++output) {
        for (const auto input : groups[static_cast<std::size_t>(output) % groups.size()])
          weight(output, input) = layer.weight(output, input);
      }
    }
    x = ((x * weight.transpose()).rowwise() + layer.bias.transpose()).eval();
    if (&layer != &network.layers.back()) x = x.cwiseMax(0.0F).eval();
  }
  return x;
}

FloatMatrix run(const Bundle& bundle, const FloatMatrix& images) {
  const auto& first = std::get<FcLayer>(bundle.layers.front());
  const auto& last = std::get<FcLayer>(bundle.layers.back());
  std::vector<std::int8_t> integers;
  for (Eigen::Index at = 0; at < images.size(); ++at) {
    integers.push_back(
        static_cast<std::int8_t>(std::lround(std::ldexp(images.data()[at], first.input_frac))));
  }
  const auto outputs = FcNetwork(bundle).run(integers, static_cast<int>(images.rows()));
  return FloatMatrix::NullaryExpr(images.rows(), last.outputs, [&](Eigen::Index n, Eigen::Index o) {
    return std::ldexp(static_cast<float>(outputs[static_cast<std::size_t>(n * last.outputs + o)]),
                      -last.output_frac);
  });
}

TEST(FcQuantize, ComputesWhatTheFloatNetworkComputes) {
  Dice dice(11);
  for (const WeightFormat format : weight_formats()) {
    for (const auto& [sparsity, groups] : {std::pair{0.0, 0}, {0.5, 1000}, {0.75, 4}}) {
      const FloatFcNetwork network = random_float_network(dice, format, sparsity, groups);
      const FloatMatrix images = random_images(dice);
      const FloatMatrix wanted = run(network, images);
      const FloatMatrix error = run(quantize(network, images), images) - wanted;
      EXPECT_LT(error.norm() / wanted.norm(), 0.02) << name_of(format) << ", p " << sparsity;
    }
  }
}

TEST(FcQuantize, KeepsWeightsOfExistingConnectionsAlone) {
  Dice dice(12);
  const FloatFcNetwork network = random_float_network(dice, WeightFormat::kBinary, 0.75, 4);
  const Bundle bundle = quantize(network, random_images(dice));
  const auto& layer = std::get<FcLayer>(bundle.layers.front());
  EXPECT_EQ(layer.name, "fc0");
  EXPECT_TRUE(layer.relu);
  EXPECT_FALSE(std::get<FcLayer>(bundle.layers.back()).relu);
  std::size_t next = 0, output = 0;
  for (const auto& inputs : layer.connections()) {
    for (const auto input : inputs) {
      const float weight = network.layers[0].weight(static_cast<Eigen::Index>(output), input);
      EXPECT_EQ(layer.weights.at(next++), weight > 0 ? 1 : -1);
    }
    ++output;
  }
  EXPECT_EQ(layer.weights.size(), next);
}

TEST(FcQuantize, InputsKeepAllTheirBits) {
  Dice dice(13);
  const Bundle bundle =
      quantize(random_float_network(dice, WeightFormat::kInt8, 0, 0), random_images(dice));
  EXPECT_EQ(std::get<FcLayer>(bundle.layers.front()).input_frac, 7);
}

TEST(FcQuantize, AnOutlierIsClampedForTheSakeOfTheOthers) {
  // Six fraction bits hold an activation of 1.1, seven round those below 1 better.
  FloatFcNetwork network;
  network.layers.resize(2);
  network.layers[0].weight = FloatMatrix::Identity(2, 2);
  network.layers[0].bias = FloatVector::Zero(2);
  network.layers[1] = network.layers[0];
  Dice dice(14);
  FloatMatrix images = (random_matrix(dice, 100000, 2, 0.9F)).cwiseAbs();
  images(0, 0) = 1.1F;
  EXPECT_EQ(std::get<FcLayer>(quantize(network, images).layers[0]).output_frac, 7);
  images.col(0).head(50000).setConstant(1.1F);
  EXPECT_EQ(std::get<FcLayer>(quantize(network, images).layers[0]).output_frac, 6);
}

TEST(FcQuantize, SaysWhatDoesNotFit) {
  Dice dice(15);
  const FloatMatrix images = random_images(dice);
  FloatFcNetwork network = random_float_network(dice, WeightFormat::kInt8, 0, 0);
  network.layers[0].weight *= 1000;
  EXPECT_THAT(error_message([&] { quantize(network, images); }),
              says("layer fc0: an activation of"));
  network = random_float_network(dice, WeightFormat::kInt8, 0, 0);
  network.layers[1].weight *= 1e6F;
  EXPECT_THAT(error_message([&] { quantize(network, images); }), says("layer fc1: an output of"));
  network.layers[1].weight.resize(kOutputs, kHidden + 1);
  EXPECT_THAT(error_message([&] { quantize(network, images); }),
              says("layer fc1: 10 x 41 weights and 10 biases for 40 inputs"));
  network = random_float_network(dice, WeightFormat::kInt8, 0, 0);
  network.layers[0].format = WeightFormat::kBinary;
  EXPECT_THAT(error_message([&] { quantize(network, images); }),
              says("train with weight_format=binary"));
}

}  // namespace
}  // namespace lacuna::golden
