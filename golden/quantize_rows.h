// SPDX-License-Identifier: Apache-2.0
// What the quantisers of all engines share: real numbers into integers, rows of weights into their
// format, and the choice of shifts and fraction bits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "golden/weight_format.h"

namespace lacuna::golden {

/// Rounds half up, as all of lacuna does; far values, which fit no format, stop at +-2^62.
std::int64_t round_half_up(double value);

/// A row of weights as integers and the real value of one of them; a row of zeros has the unit 0.
struct QuantizedRow {
  std::vector<std::int16_t> weights;
  double unit = 0;
};

/// int12 and int8: in steps of the row's largest |weight| / 2047 or 127, larger ones where its sum
/// over 8-bit inputs could need more than accumulator_width() bits. Ternary and binary: the row's
/// weights must already be -1, 0 or 1 times one magnitude.
/// @throws Error at `where`, row `row`, for ternary or binary weights that are not
QuantizedRow quantize_row(const float* weights, std::size_t count, WeightFormat format,
                          const std::string& where, std::size_t row);

/// Largest shift, up to `most`, with which no scale exceeds 16 bits. @throws Error at `where` if
/// there is none.
int choose_shift(double largest_scale, int most, const std::string& where);

/// Each scale x 2^shift.
std::vector<std::int16_t> scale_integers(const std::vector<double>& scales, int shift);

/// Most fraction bits, low..high, with which `maximum` stays within a signed integer of `bits`
/// bits; -1 if none.
int choose_frac(double maximum, int bits, int low, int high);

/// Fraction bits of a first layer's inputs, of 8 bits. @throws Error at `where` if they are too
/// large.
int choose_input_frac(double maximum, const std::string& where);

}  // namespace lacuna::golden
