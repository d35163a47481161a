// SPDX-License-Identifier: Apache-2.0
#include "golden/sc/sc_quantize.h"

#include <fmt/format.h>

#include <cmath>

#include "golden/error.h"

namespace lacuna::golden {
namespace {

/// Means of the input's streams. [images, inputs]
FloatMatrix input_means(const std::vector<std::int8_t>& images, Eigen::Index inputs) {
  FloatMatrix x(static_cast<Eigen::Index>(images.size()) / inputs, inputs);
  for (Eigen::Index n = 0; n < x.size(); ++n)
    x.data()[n] = static_cast<float>(input_code(images[static_cast<std::size_t>(n)])) /
                  static_cast<float>(kStreamStates);
  return x;
}

std::int16_t checked_code(float weight, const std::string& where) {
  if (!(std::abs(weight) <= 1)) {
    throw Error(where, fmt::format("a weight of {:.3g} is outside -1..1", weight),
                "streams hold no others: train with network = \"sc\"");
  }
  return static_cast<std::int16_t>(weight_code(double{weight}));
}

/// The weights that a layer's codes stand for.
FloatSc decoded(const ScLayer& layer) {
  FloatSc network{FloatMatrix(layer.outputs, layer.inputs), FloatVector(layer.outputs)};
  const std::int16_t* code = layer.codes.data();
  for (int output = 0; output < layer.outputs; ++output) {
    for (int input = 0; input < layer.inputs; ++input)
      network.weight(output, input) = static_cast<float>(weight_of_code(*code++));
    network.bias(output) = static_cast<float>(weight_of_code(*code++));
  }
  return network;
}

/// What bits that are 1 with probability p stand for: their mean, and that of their squares.
struct Read {
  FloatMatrix mean, square;
};
Read read(const FloatMatrix& p, bool bipolar) {
  if (bipolar) return {2 * p.array() - 1, FloatMatrix::Ones(p.rows(), p.cols())};
  return {p, p};
}

/// Variance of a cycle's sum, in units of m, x having the mean x and its square the mean q: sum of
/// q (1 - w^2) / m + (q - x^2) w^2, and (1 - b^2) / m. [images, outputs]
FloatMatrix variance(const FloatSc& layer, const Read& x, int integral) {
  const auto m = static_cast<float>(integral);
  const FloatMatrix with_weight = x.square - x.mean.cwiseAbs2() - x.square / m;
  const FloatMatrix squares = layer.weight.cwiseAbs2();
  FloatMatrix v = with_weight * squares.transpose();
  v.colwise() += x.square.rowwise().sum() / m;
  v.rowwise() += ((1 - layer.bias.array().square()) / m).matrix().transpose();
  return v.cwiseMax(kLeastVariance);
}

int counter_states(double gain, double variance, int integral, const std::string& where) {
  const double states = 2 * std::round(gain * integral * variance);
  if (!(states >= 2 && states <= kMaxCounterStates)) {
    throw Error(where,
                fmt::format("a gain of {:.3g} at a variance of {:.3g} asks for {:.0f} states, "
                            "outside 2..{}",
                            gain, variance, states, kMaxCounterStates),
                "train with another gain");
  }
  return static_cast<int>(states);
}

}  // namespace

Bundle quantize(const FloatScNetwork& network, const std::vector<std::int8_t>& images) {
  Bundle bundle;
  bundle.facts = network.facts;
  if (!bundle.facts.contains("task")) bundle.facts["task"] = "generic";
  bundle.facts["counters"] = nlohmann::json::array();
  FloatMatrix p = input_means(images, network.layers.front().weight.cols());
  for (const FloatSc& source : network.layers) {
    ScLayer layer;
    layer.name = fmt::format("sc{}", bundle.layers.size());
    const std::string where = "layer " + layer.name;
    if (source.weight.cols() != p.cols() || source.bias.size() != source.weight.rows()) {
      throw Error(where,
                  fmt::format("{} x {} weights and {} biases for {} inputs", source.weight.rows(),
                              source.weight.cols(), source.bias.size(), p.cols()));
    }
    layer.inputs = static_cast<int>(source.weight.cols());
    layer.outputs = static_cast<int>(source.weight.rows());
    layer.bipolar = network.bipolar;
    layer.integral = network.integral;
    layer.length = network.length;
    for (Eigen::Index output = 0; output < source.weight.rows(); ++output) {
      for (const float weight : source.weight.row(output))
        layer.codes.push_back(checked_code(weight, where));
      layer.codes.push_back(checked_code(source.bias(output), where));
    }
    if (&source != &network.layers.back()) {
      const FloatSc codes = decoded(layer);
      const Read x = read(p, layer.bipolar);
      const FloatMatrix v = variance(codes, x, layer.integral);
      const double mean = v.cast<double>().mean();
      layer.states = counter_states(source.gain, mean, layer.integral, where);
      bundle.facts["counters"].push_back({{"layer", layer.name},
                                          {"gain", source.gain},
                                          {"variance", mean},
                                          {"states", layer.states}});
      const FloatMatrix s = (x.mean * codes.weight.transpose()).rowwise() + codes.bias.transpose();
      const float scale =
          static_cast<float>(layer.states) / (2.0F * static_cast<float>(layer.integral));
      p = (1 + (scale * s.array() / v.array()).tanh()) / 2;
    }
    bundle.layers.emplace_back(std::move(layer));
  }
  validate(bundle, "quantised network");
  return bundle;
}

}  // namespace lacuna::golden
