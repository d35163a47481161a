// SPDX-License-Identifier: Apache-2.0
// Sizes that designs of several engines reckon with.
#pragma once

namespace lacuna::sim {

inline constexpr int kRamBits = 16, kRamWords = 256;  ///< a block RAM of iCE40 at its widest

/// Bits that number `count` things, at least one.
inline int bits_for(int count) {
  int bits = 1;
  while (1 << bits < count) ++bits;
  return bits;
}

}  // namespace lacuna::sim
