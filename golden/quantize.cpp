// SPDX-License-Identifier: Apache-2.0
// Real numbers into the engine's integers; every format follows docs/lstm.md, "Numeric formats".
#include "golden/quantize.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "golden/error.h"
#include "golden/fixed_point.h"
#include "golden/quantize_rows.h"

namespace lacuna::golden {
namespace {

constexpr double kCellMargin = 1.25;
constexpr int kLogitFrac = 12;

/// Integer rows and the real value of one unit of each; a row of zeros has the unit 0.
template <typename Matrix>
struct Rows {
  Matrix weight;
  std::vector<double> unit;
};

template <typename Matrix>
Rows<Matrix> quantize_rows(const FloatMatrix& weight, WeightFormat format,
                           const std::string& where) {
  Rows<Matrix> rows{Matrix(weight.rows(), weight.cols()), {}};
  for (Eigen::Index row = 0; row < weight.rows(); ++row) {
    const QuantizedRow quantized =
        quantize_row(&weight(row, 0), static_cast<std::size_t>(weight.cols()), format, where,
                     static_cast<std::size_t>(row));
    std::transform(quantized.weights.begin(), quantized.weights.end(), &rows.weight(row, 0),
                   [](std::int16_t w) { return static_cast<typename Matrix::Scalar>(w); });
    rows.unit.push_back(quantized.unit);
  }
  return rows;
}

std::vector<double> scaled(std::vector<double> units, int exponent) {
  for (double& unit : units) unit = std::ldexp(unit, exponent);
  return units;
}

double largest(const std::vector<double>& values) {
  return *std::max_element(values.begin(), values.end());
}

EmbeddingLayer quantize_embedding(const FloatMatrix& table) {
  EmbeddingLayer layer;
  layer.name = "embedding";
  layer.frac = choose_input_frac(double{table.cwiseAbs().maxCoeff()}, "layer embedding");
  layer.weight = table.unaryExpr([&](float value) {
    return static_cast<std::int8_t>(round_half_up(std::ldexp(double{value}, layer.frac)));
  });
  return layer;
}

/// 16-bit integers of `frac` fraction bits. @throws Error for a value outside their range.
std::vector<std::int16_t> to_words(const FloatVector& values, int frac, const std::string& where,
                                   const char* what, const char* hint) {
  const double limit = std::ldexp(1.0, kWordBits - 1 - frac);
  std::vector<std::int16_t> integers;
  for (Eigen::Index at = 0; at < values.size(); ++at) {
    if (!(std::abs(values(at)) < limit)) {
      throw Error(where, fmt::format("{} {} is {:.3g}, outside +-{}", what, at, values(at), limit),
                  hint);
    }
    integers.push_back(static_cast<std::int16_t>(
        saturate(round_half_up(std::ldexp(double{values(at)}, frac)), kWordBits)));
  }
  return integers;
}

int quantize_threshold(float threshold, const std::string& where) {
  // The smallest state that is kept, rounded as states are: those below it are those that T prunes.
  const std::int64_t integer =
      threshold >= 0 ? round_half_up(std::ldexp(double{threshold}, kStateFrac)) : -1;
  if (integer < 0 || integer > kMaxThreshold) {
    throw Error(where, fmt::format("threshold {} is outside 0..{}", threshold,
                                   grid_threshold(kMaxThreshold)));
  }
  return static_cast<int>(integer);
}

CellNorm quantize_norm(const FloatLstm& source, int cell_frac, const std::string& where) {
  std::vector<double> scale, size;
  for (const float value : source.cell_scale) {
    scale.push_back(std::ldexp(double{value}, kTanhFrac - cell_frac));
    size.push_back(std::abs(scale.back()));
  }
  CellNorm norm;
  norm.shift = choose_shift(largest(size), kMaxNormShift, where + ", cell normalisation");
  norm.scale = scale_integers(scale, norm.shift);
  norm.offset = to_words(source.cell_shift, kTanhFrac, where, "cell offset",
                         "such a unit's cell hardly varies; train longer, or with fewer units");
  return norm;
}

LstmLayer quantize_lstm(const FloatLstm& source, const std::string& name, InputKind input,
                        int input_frac, double cell_maximum) {
  const std::string where = "layer " + name;
  LstmLayer layer;
  layer.name = name;
  layer.input = input;
  layer.inputs = source.inputs();
  layer.units = source.units();
  layer.input_frac = input_frac;
  layer.cell_frac = choose_frac(kCellMargin * cell_maximum, kWordBits, kMinCellFrac, kMaxCellFrac);
  if (layer.cell_frac < 0) {
    throw Error(where, fmt::format("a cell value of {:.3g} does not fit in 16 bits", cell_maximum),
                "train with weight decay, or calibrate on shorter sequences");
  }
  layer.threshold = quantize_threshold(source.threshold, where);

  layer.weight_format = source.format;
  auto x = quantize_rows<WeightMatrix>(source.weight_x, source.format, where + ", weight_x");
  auto h = quantize_rows<WeightMatrix>(source.weight_h, source.format, where + ", weight_h");
  const std::vector<double> scale_x = scaled(x.unit, kPreFrac - input_frac);
  const std::vector<double> scale_h = scaled(h.unit, kPreFrac - kStateFrac);
  layer.pre_shift = choose_shift(std::max(largest(scale_x), largest(scale_h)), kMaxPreShift, where);
  layer.scale_x = scale_integers(scale_x, layer.pre_shift);
  layer.scale_h = scale_integers(scale_h, layer.pre_shift);
  layer.weight_x = std::move(x.weight);
  layer.weight_h = std::move(h.weight);
  layer.bias = to_words(source.bias, kPreFrac, where, "bias",
                        "such a gate is always open or shut; train with weight decay");
  if (source.cell_scale.size() > 0) layer.cell_norm = quantize_norm(source, layer.cell_frac, where);
  for (const float value : source.initial_h) {
    if (!(std::abs(value) <= 1)) {
      throw Error(where, fmt::format("an initial state of {:.3g} is outside +-1", value));
    }
    layer.initial_h.push_back(static_cast<std::int8_t>(
        saturate(round_half_up(std::ldexp(double{value}, kStateFrac)), kStateBits)));
  }
  layer.initial_c = to_words(source.initial_c, layer.cell_frac, where, "initial cell",
                             "calibrate with data that begins from it");
  return layer;
}

LinearLayer quantize_linear(const FloatLinear& source) {
  LinearLayer layer;
  layer.name = "linear";
  layer.logit_frac = kLogitFrac;
  auto rows = quantize_rows<Int8Matrix>(source.weight, WeightFormat::kInt8, "layer linear");
  const std::vector<double> scale = scaled(rows.unit, kLogitFrac - kStateFrac);
  layer.logit_shift = choose_shift(largest(scale), kMaxPreShift, "layer linear");
  layer.scale = scale_integers(scale, layer.logit_shift);
  layer.weight = std::move(rows.weight);
  for (const float bias : source.bias) {
    layer.bias.push_back(static_cast<std::int32_t>(
        saturate(round_half_up(std::ldexp(double{bias}, kLogitFrac)), 32)));
  }
  return layer;
}

}  // namespace

Bundle quantize(const FloatNetwork& network, const CalibrationReport& report) {
  if (report.cell_maximum.size() != network.lstm.size() ||
      report.input_maximum.size() != network.lstm.size()) {
    throw Error("calibration", "was made with another network");
  }
  Bundle bundle;
  bundle.facts = network.facts;
  if (!bundle.facts.contains("task")) bundle.facts["task"] = "generic";
  InputKind input = report.input;
  int input_frac = kOneHotFrac;
  if (network.embedding) {
    bundle.layers.emplace_back(quantize_embedding(*network.embedding));
    input_frac = std::get<EmbeddingLayer>(bundle.layers.back()).frac;
  } else if (input == InputKind::kDense) {
    input_frac = choose_input_frac(report.input_maximum.front(), "layer lstm0");
  }
  for (std::size_t i = 0; i < network.lstm.size(); ++i) {
    bundle.layers.emplace_back(quantize_lstm(network.lstm[i], fmt::format("lstm{}", i), input,
                                             input_frac, report.cell_maximum[i]));
    input = InputKind::kDense;
    input_frac = kStateFrac;
  }
  if (network.linear) bundle.layers.emplace_back(quantize_linear(*network.linear));
  validate(bundle, "quantised network");
  return bundle;
}

}  // namespace lacuna::golden
