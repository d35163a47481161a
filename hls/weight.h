// SPDX-License-Identifier: Apache-2.0
// Weights in a word of memory, and their products: the formats of rtl/common/lac_multiply.v.
#pragma once

#include <cstdint>

namespace lacuna::hls {

/// @tparam Bits 1 binary, 2 ternary, else two's complement
template <int Bits>
struct Weight {
  /// The bits of the lane's weight in a word of bytes, lowest first; no weight is in more than two
  /// bytes.
  static int code(const std::uint8_t* word, int lane) {
    const int bit = lane * Bits;
    int code = word[bit / 8] >> (bit % 8);
    if (bit % 8 + Bits > 8) code |= word[bit / 8 + 1] << (8 - bit % 8);
    return code & ((1 << Bits) - 1);
  }

  /// Binary and ternary weights select and negate.
  static int product(int code, int value) {
    constexpr int kSign = 1 << (Bits - 1);
    if (Bits == 1) return code != 0 ? -value : value;
    if (Bits == 2) return (code & 1) == 0 ? 0 : code == 3 ? -value : value;
    return ((code ^ kSign) - kSign) * value;
  }
};

}  // namespace lacuna::hls
