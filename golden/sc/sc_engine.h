// SPDX-License-Identifier: Apache-2.0
// The stochastic engine as a network meets it: sizes and exact cycles (rtl/sc/lac_integral_dnn.v,
// docs/sc.md).
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "golden/sc/streams.h"

namespace lacuna::golden {

struct ScEngine {
  std::string top = "lac_integral_dnn";
  int inputs = 784, hidden1 = 100, hidden2 = 200, outputs = 10;
  bool bipolar = false;  ///< a bit 0 stands for -1: the conventional network
  int integral = 4;      ///< streams of a weight
  int in_lanes = 16;     ///< pixels a beat of x
  int write_lanes = 64;  ///< codes a write

  /// Of x, an image.
  std::uint64_t beats() const {
    return static_cast<std::uint64_t>((inputs + in_lanes - 1) / in_lanes);
  }
};

/// Cycles from an image's start to the one in which its sums can be taken: one in which registers
/// take their seeds, its bits, and three layers of three cycles.
constexpr std::uint64_t sc_run_cycles(int length) {
  constexpr int kLayers = 3;
  return static_cast<std::uint64_t>(length + 1 + kLayers * kScLayerDelay);
}

/// Cycle in which each of `images` images leaves, from the one in which x is first offered; x is
/// always there and y always taken. They depend on neither weights nor pixels.
inline std::vector<std::uint64_t> sc_cycles(const ScEngine& engine, int length, int images) {
  const std::uint64_t beats = engine.beats();
  const std::uint64_t run = sc_run_cycles(length);
  std::vector<std::uint64_t> out;
  std::uint64_t start = beats;
  for (int image = 0; image < images; ++image) {
    out.push_back(start + run);
    start += std::max(run, beats + 1);
  }
  return out;
}

}  // namespace lacuna::golden
