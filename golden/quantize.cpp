// SPDX-License-Identifier: Apache-2.0
// Real numbers into the engine's integers; every format follows docs/lstm.md, "Numeric formats".
#include "golden/quantize.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "golden/error.h"
#include "golden/fixed_point.h"

namespace lacuna::golden {
namespace {

/// Largest sum of a row's |weights| with which its sum over 8-bit inputs stays within the engine's
/// accumulator.
std::int64_t row_limit(WeightFormat format) {
  return ((std::int64_t{1} << (accumulator_width(format) - 1)) - 1) / 128;
}

constexpr double kSameMagnitude = 1e-4;  ///< of a row of ternary or binary weights, relative
constexpr double kCellMargin = 1.25;
constexpr int kLogitFrac = 12;

/// Rounds half up, as all of lacuna does; far values, which fit no format, stop at +-2^62.
std::int64_t round_half_up(double value) {
  return static_cast<std::int64_t>(std::clamp(std::floor(value + 0.5), -0x1p62, 0x1p62));
}

/// Integer rows and the real value of one unit of each; a row of zeros has the unit 0.
template <typename Matrix>
struct Rows {
  Matrix weight;
  std::vector<double> unit;
};

/// A row in steps of `unit`. Returns the sum of its |weights|.
template <typename Matrix>
std::int64_t quantize_row(const FloatMatrix& source, Eigen::Index row, double unit, int maximum,
                          Matrix& target) {
  std::int64_t sum = 0;
  for (Eigen::Index column = 0; column < source.cols(); ++column) {
    const double value = unit > 0 ? source(row, column) / unit : 0.0;
    const std::int64_t weight = std::clamp<std::int64_t>(round_half_up(value), -maximum, maximum);
    target(row, column) = static_cast<typename Matrix::Scalar>(weight);
    sum += std::abs(weight);
  }
  return sum;
}

/// Rows in the widest steps that their largest weight asks for.
template <typename Matrix>
Rows<Matrix> quantize_rows(const FloatMatrix& weight, WeightFormat format) {
  const int maximum = weight_maximum(format);
  const std::int64_t limit = row_limit(format);
  Rows<Matrix> rows{Matrix(weight.rows(), weight.cols()), {}};
  for (Eigen::Index row = 0; row < weight.rows(); ++row) {
    double unit = double{weight.row(row).cwiseAbs().maxCoeff()} / maximum;
    // A long row of large weights, as an untrained one is, takes larger steps so that it cannot
    // overflow.
    std::int64_t sum = quantize_row(weight, row, unit, maximum, rows.weight);
    while (sum > limit) {
      unit *= 1.001 * static_cast<double>(sum) / static_cast<double>(limit);
      sum = quantize_row(weight, row, unit, maximum, rows.weight);
    }
    rows.unit.push_back(unit);
  }
  return rows;
}

/// Rows that are ternary or binary already: one magnitude each, as training left them.
Rows<WeightMatrix> take_rows(const FloatMatrix& weight, WeightFormat format,
                             const std::string& where) {
  Rows<WeightMatrix> rows{WeightMatrix(weight.rows(), weight.cols()), {}};
  for (Eigen::Index row = 0; row < weight.rows(); ++row) {
    const double unit = weight.row(row).cwiseAbs().maxCoeff();
    for (Eigen::Index column = 0; column < weight.cols(); ++column) {
      const double value = unit > 0 ? weight(row, column) / unit : 0.0;
      // A row that counts nothing may hold anything: its scale is 0.
      const int sign = value > 0.5 ? 1 : value < -0.5 ? -1 : 0;
      const int stored = sign == 0 && format == WeightFormat::kBinary && unit == 0 ? 1 : sign;
      if (!holds(format, stored) || std::abs(value - sign) > kSameMagnitude) {
        throw Error(where,
                    fmt::format("row {}, column {} is {:.3g} in a row of {} weights of {:.3g}", row,
                                column, weight(row, column), name_of(format), unit),
                    fmt::format("train with weight_format={}", name_of(format)));
      }
      rows.weight(row, column) = static_cast<std::int16_t>(stored);
    }
    rows.unit.push_back(unit);
  }
  return rows;
}

Rows<WeightMatrix> lstm_rows(const FloatMatrix& weight, WeightFormat format,
                             const std::string& where) {
  return has_one_magnitude(format) ? take_rows(weight, format, where)
                                   : quantize_rows<WeightMatrix>(weight, format);
}

/// Largest shift, up to `most`, with which no scale exceeds 16 bits.
int choose_shift(double largest_scale, int most, const std::string& where) {
  const double limit = std::numeric_limits<std::int16_t>::max();
  for (int shift = most; shift >= 0; --shift) {
    if (static_cast<double>(round_half_up(std::ldexp(largest_scale, shift))) <= limit) return shift;
  }
  throw Error(where, fmt::format("a row's scale of {:.3g} does not fit in 16 bits", largest_scale),
              "its weights are too large; train with a smaller learning rate or weight decay");
}

std::vector<std::int16_t> scale_integers(const std::vector<double>& scales, int shift) {
  std::vector<std::int16_t> integers;
  for (const double scale : scales) {
    integers.push_back(static_cast<std::int16_t>(round_half_up(std::ldexp(scale, shift))));
  }
  return integers;
}

std::vector<double> scaled(std::vector<double> units, int exponent) {
  for (double& unit : units) unit = std::ldexp(unit, exponent);
  return units;
}

double largest(const std::vector<double>& values) {
  return *std::max_element(values.begin(), values.end());
}

/// Most fraction bits, low..high, with which `maximum` stays within a signed integer of `bits`
/// bits; -1 if none.
int choose_frac(double maximum, int bits, int low, int high) {
  const double limit = std::ldexp(1.0, bits - 1) - 1;
  for (int frac = high; frac >= low; --frac) {
    if (static_cast<double>(round_half_up(std::ldexp(maximum, frac))) <= limit) return frac;
  }
  return -1;
}

int choose_input_frac(double maximum, const std::string& where) {
  const int frac = choose_frac(maximum, kStateBits, 0, kStateFrac);
  if (frac < 0) {
    throw Error(where, fmt::format("an input of {:.3g} does not fit in 8 bits", maximum),
                "scale the inputs to about -1..1");
  }
  return frac;
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
  auto x = lstm_rows(source.weight_x, source.format, where + ", weight_x");
  auto h = lstm_rows(source.weight_h, source.format, where + ", weight_h");
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
  auto rows = quantize_rows<Int8Matrix>(source.weight, WeightFormat::kInt8);
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
