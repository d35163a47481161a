// SPDX-License-Identifier: Apache-2.0
// tanh and sigmoid of the recurrent engine: one table of 129 points and straight lines between them
// (docs/lstm.md, "Numeric formats"). rtl/common/lac_tanh_rom.v is generated from the same table.
#pragma once

#include <array>
#include <cstdint>

namespace lacuna::golden {

inline constexpr int kTanhSegments = 128;     ///< of the positive half, up to tanh(8)
inline constexpr int kTanhSegmentBits = 8;    ///< argument steps of 2^-12 in a segment of 1/16
inline constexpr int kActivationOne = 32768;  ///< 1.0 in Q0.15; results stay within +-32767

/// Y[k] = min(32767, round(32768 tanh(k / 16))), Q0.15.
constexpr std::array<std::int32_t, kTanhSegments + 1> tanh_points() {
  // tanh(k / 16) = (1 - q^k) / (1 + q^k) with q = exp(-1 / 8) = kRatio, which the compiler can
  // evaluate. No point lies near a tie, so the rounding of doubles does not matter.
  constexpr double kRatio = 0.88249690258459540286;
  std::array<std::int32_t, kTanhSegments + 1> points{};
  double power = 1.0;
  for (std::int32_t& point : points) {
    const auto rounded =
        static_cast<std::int32_t>(0.5 + kActivationOne * ((1.0 - power) / (1.0 + power)));
    point = rounded < kActivationOne ? rounded : kActivationOne - 1;
    power *= kRatio;
  }
  return points;
}

inline constexpr auto kTanhPoints = tanh_points();

/// D[k] = Y[k + 1] - Y[k], at most 11 bits.
constexpr std::int32_t tanh_slope(int segment) {
  return kTanhPoints[static_cast<std::size_t>(segment) + 1] -
         kTanhPoints[static_cast<std::size_t>(segment)];
}

/// tanh of m * 2^-12 in Q0.15. Odd; |m| above 32767 counts as 32767.
constexpr std::int32_t tanh_q(std::int32_t m) {
  std::int32_t magnitude = m < 0 ? -m : m;
  magnitude = magnitude < 32767 ? magnitude : 32767;
  const int segment = magnitude >> kTanhSegmentBits;
  const std::int32_t rest = magnitude & ((1 << kTanhSegmentBits) - 1);
  const std::int32_t y =
      kTanhPoints[static_cast<std::size_t>(segment)] +
      ((tanh_slope(segment) * rest + (1 << (kTanhSegmentBits - 1))) >> kTanhSegmentBits);
  return m < 0 ? -y : y;
}

/// sigmoid of a pre-activation (Q4.11) in Q0.15, 0..32767: (1 + tanh(x / 2)) / 2, and x / 2 in
/// Q3.12 is x in Q4.11.
constexpr std::int32_t sigmoid_q(std::int32_t pre) { return (kActivationOne + tanh_q(pre)) >> 1; }

}  // namespace lacuna::golden
