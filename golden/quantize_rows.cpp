// SPDX-License-Identifier: Apache-2.0
#include "golden/quantize_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "golden/error.h"
#include "golden/fixed_point.h"

namespace lacuna::golden {
namespace {

constexpr double kSameMagnitude = 1e-4;  ///< of a row of ternary or binary weights, relative

/// Largest sum of a row's |weights| with which its sum over 8-bit inputs stays within the engine's
/// accumulator.
std::int64_t row_limit(WeightFormat format) {
  return ((std::int64_t{1} << (accumulator_width(format) - 1)) - 1) / 128;
}

/// A row in steps of `unit`. Returns the sum of its |weights|.
std::int64_t round_row(const float* source, double unit, int maximum,
                       std::vector<std::int16_t>& target) {
  std::int64_t sum = 0;
  for (std::size_t column = 0; column < target.size(); ++column) {
    const double value = unit > 0 ? source[column] / unit : 0.0;
    const std::int64_t weight = std::clamp<std::int64_t>(round_half_up(value), -maximum, maximum);
    target[column] = static_cast<std::int16_t>(weight);
    sum += std::abs(weight);
  }
  return sum;
}

/// In the widest steps that the row's largest weight asks for.
void round_row(const float* weights, WeightFormat format, QuantizedRow& row) {
  const int maximum = weight_maximum(format);
  const std::int64_t limit = row_limit(format);
  row.unit /= maximum;
  // A long row of large weights, as an untrained one is, takes larger steps so that it cannot
  // overflow.
  std::int64_t sum = round_row(weights, row.unit, maximum, row.weights);
  while (sum > limit) {
    row.unit *= 1.001 * static_cast<double>(sum) / static_cast<double>(limit);
    sum = round_row(weights, row.unit, maximum, row.weights);
  }
}

/// A row that is ternary or binary already, as training left it.
void take_row(const float* weights, WeightFormat format, const std::string& where,
              std::size_t number, QuantizedRow& row) {
  for (std::size_t column = 0; column < row.weights.size(); ++column) {
    const double value = row.unit > 0 ? weights[column] / row.unit : 0.0;
    // A row that counts nothing may hold anything: its scale is 0.
    const int sign = value > 0.5 ? 1 : value < -0.5 ? -1 : 0;
    const int stored = sign == 0 && format == WeightFormat::kBinary && row.unit == 0 ? 1 : sign;
    if (!holds(format, stored) || std::abs(value - sign) > kSameMagnitude) {
      throw Error(where,
                  fmt::format("row {}, column {} is {:.3g} in a row of {} weights of {:.3g}",
                              number, column, weights[column], name_of(format), row.unit),
                  fmt::format("train with weight_format={}", name_of(format)));
    }
    row.weights[column] = static_cast<std::int16_t>(stored);
  }
}

}  // namespace

std::int64_t round_half_up(double value) {
  return static_cast<std::int64_t>(std::clamp(std::floor(value + 0.5), -0x1p62, 0x1p62));
}

QuantizedRow quantize_row(const float* weights, std::size_t count, WeightFormat format,
                          const std::string& where, std::size_t row) {
  QuantizedRow result;
  result.weights.resize(count);
  for (std::size_t column = 0; column < count; ++column)
    result.unit = std::max(result.unit, std::abs(double{weights[column]}));
  if (has_one_magnitude(format)) {
    take_row(weights, format, where, row, result);
  } else {
    round_row(weights, format, result);
  }
  return result;
}

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
  integers.reserve(scales.size());
  for (const double scale : scales) {
    integers.push_back(static_cast<std::int16_t>(round_half_up(std::ldexp(scale, shift))));
  }
  return integers;
}

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

}  // namespace lacuna::golden
