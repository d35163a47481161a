// SPDX-License-Identifier: Apache-2.0
// Rounding and saturation, defined once for golden, HLS and RTL (lac_shift_saturate.v mirrors it).
#pragma once

#include <cstdint>

namespace lacuna::golden {

/// Arithmetic right shift that rounds half up: floor(value / 2^shift + 1/2). shift in 0..62.
constexpr std::int64_t round_shift(std::int64_t value, int shift) {
  return shift == 0 ? value : (value + (std::int64_t{1} << (shift - 1))) >> shift;
}

/// Clamps to the range of a signed `bits`-bit integer.
constexpr std::int64_t saturate(std::int64_t value, int bits) {
  const std::int64_t high = (std::int64_t{1} << (bits - 1)) - 1;
  return value > high ? high : value < -high - 1 ? -high - 1 : value;
}

/// Smallest signed width that holds low..high.
constexpr int signed_bits(std::int64_t low, std::int64_t high) {
  int bits = 1;
  while (low < -(std::int64_t{1} << (bits - 1)) || high >= std::int64_t{1} << (bits - 1)) ++bits;
  return bits;
}

// Formats of the recurrent engine; Qm.n is a signed number with n fraction bits (docs/lstm.md).
inline constexpr int kStateBits = 8;  ///< h: Q0.7
inline constexpr int kStateFrac = 7;
inline constexpr int kPreFrac = 11;     ///< gate pre-activation: 16 bit, Q4.11
inline constexpr int kGateFrac = 15;    ///< sigmoid and tanh: Q0.15
inline constexpr int kTanhFrac = 12;    ///< argument of tanh: 16 bit, Q3.12
inline constexpr int kWordBits = 16;    ///< pre-activations, gates, cell, scales, biases
inline constexpr int kMinCellFrac = 8;  ///< cell: 16 bit, cell_frac fraction bits
inline constexpr int kMaxCellFrac = 12;
inline constexpr int kOneHot = 64;  ///< a one-hot symbol, input_frac 6
inline constexpr int kOneHotFrac = 6;

}  // namespace lacuna::golden
