// SPDX-License-Identifier: Apache-2.0
#include "golden/fc/fc_quantize.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "golden/error.h"
#include "golden/fixed_point.h"
#include "golden/quantize_rows.h"

namespace lacuna::golden {
namespace {

constexpr int kActivationMaximum = 127;
constexpr double kOutputMargin = 1.25;

/// Sum of squared errors of activations that are rounded and clamped to 0..127 with `frac` fraction
/// bits.
double rounding_error(const FloatMatrix& activations, int frac) {
  const float step = std::ldexp(1.0F, -frac);
  const auto stored =
      (activations.array() / step + 0.5F).floor().min(static_cast<float>(kActivationMaximum));
  return (stored * step - activations.array()).cast<double>().square().sum();
}

int choose_activation_frac(const FloatMatrix& activations, const std::string& where) {
  const float largest = activations.maxCoeff();
  if (choose_frac(double{largest}, kStateBits, 0, kStateFrac) < 0) {
    throw Error(where, fmt::format("an activation of {:.3g} does not fit in 8 bits", largest),
                "train with normalisation");
  }
  int best = 0;
  for (int frac = 1; frac <= kStateFrac; ++frac) {
    if (rounding_error(activations, frac) < rounding_error(activations, best)) best = frac;
  }
  return best;
}

int choose_output_frac(const FloatMatrix& outputs, const std::string& where) {
  const double largest = double{outputs.cwiseAbs().maxCoeff()};
  const int frac = choose_frac(kOutputMargin * largest, kWordBits, 0, kWordBits - 1);
  if (frac < 0) {
    throw Error(where, fmt::format("an output of {:.3g} does not fit in 16 bits", largest),
                "train with normalisation");
  }
  return frac;
}

/// The weights of connections that exist, the scale of each output's sum to its result, and biases.
void quantize_weights(const FloatFc& source,
                      const std::vector<std::vector<std::uint16_t>>& connections,
                      const std::string& where, FcLayer& layer) {
  std::vector<double> scale;
  std::vector<float> row;
  for (Eigen::Index output = 0; output < source.weight.rows(); ++output) {
    row.clear();
    for (const std::uint16_t input : connections[static_cast<std::size_t>(output)])
      row.push_back(source.weight(output, input));
    const QuantizedRow quantized = quantize_row(row.data(), row.size(), source.format, where,
                                                static_cast<std::size_t>(output));
    layer.weights.insert(layer.weights.end(), quantized.weights.begin(), quantized.weights.end());
    scale.push_back(std::ldexp(quantized.unit, layer.output_frac - layer.input_frac));
  }
  const double bias_limit = std::ldexp(0.999, 31 - layer.output_frac);
  layer.shift = choose_shift(*std::max_element(scale.begin(), scale.end()), kMaxPreShift, where);
  while (layer.shift > 0 &&
         std::ldexp(double{source.bias.cwiseAbs().maxCoeff()}, layer.shift) > bias_limit) {
    --layer.shift;
  }
  layer.scale = scale_integers(scale, layer.shift);
  for (const float bias : source.bias) {
    layer.bias.push_back(static_cast<std::int32_t>(
        saturate(round_half_up(std::ldexp(double{bias}, layer.output_frac + layer.shift)), 32)));
  }
}

}  // namespace

Bundle quantize(const FloatFcNetwork& network, const FloatMatrix& images) {
  Bundle bundle;
  bundle.facts = network.facts;
  if (!bundle.facts.contains("task")) bundle.facts["task"] = "generic";
  FloatMatrix x = images;
  int input_frac = choose_input_frac(double{images.cwiseAbs().maxCoeff()}, "layer fc0");
  for (const FloatFc& source : network.layers) {
    FcLayer layer;
    layer.name = fmt::format("fc{}", bundle.layers.size());
    const std::string where = "layer " + layer.name;
    if (source.weight.cols() != x.cols() || source.bias.size() != source.weight.rows()) {
      throw Error(where,
                  fmt::format("{} x {} weights and {} biases for {} inputs", source.weight.rows(),
                              source.weight.cols(), source.bias.size(), x.cols()));
    }
    layer.weight_format = source.format;
    layer.inputs = static_cast<int>(source.weight.cols());
    layer.outputs = static_cast<int>(source.weight.rows());
    layer.mask = source.mask;
    layer.relu = &source != &network.layers.back();
    layer.input_frac = input_frac;

    FloatMatrix existing = FloatMatrix::Zero(layer.outputs, layer.inputs);
    const auto connections = layer.connections();
    Eigen::Index output = 0;
    for (const auto& inputs : connections) {
      for (const std::uint16_t input : inputs)
        existing(output, input) = source.weight(output, input);
      ++output;
    }
    FloatMatrix y = (x * existing.transpose()).rowwise() + source.bias.transpose();
    if (layer.relu) y = y.cwiseMax(0.0F);
    layer.output_frac =
        layer.relu ? choose_activation_frac(y, where) : choose_output_frac(y, where);
    quantize_weights(source, connections, where, layer);
    input_frac = layer.output_frac;
    x = std::move(y);
    bundle.layers.emplace_back(std::move(layer));
  }
  validate(bundle, "quantised network");
  return bundle;
}

}  // namespace lacuna::golden
