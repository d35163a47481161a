// SPDX-License-Identifier: Apache-2.0
// The stochastic engines as a network meets them: sizes and exact cycles (rtl/sc/lac_integral_dnn.v
// and rtl/sc/lac_folded_dnn.v, docs/sc.md).
#pragma once

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
  int write_lanes = 64;  ///< codes a write; in the folded engine also the neurons of a bank, which
                         ///< are at work at once

  bool folded() const { return top == "lac_folded_dnn"; }
  /// For ScNetwork: what a bundle answers depends on it.
  int layer_delay() const { return folded() ? kScFoldedLayerDelay : kScLayerDelay; }

  /// Of x, an image.
  std::uint64_t beats() const {
    return static_cast<std::uint64_t>((inputs + in_lanes - 1) / in_lanes);
  }
  /// Clocks that a cycle of the streams cannot do without: a word of codes each where it is folded.
  std::uint64_t words() const;
  /// Clocks of an image, from that in which its registers take their seeds to the one before that
  /// in which its sums can be taken. They depend on neither weights nor pixels.
  std::uint64_t run_cycles(int length) const;
};

/// Cycle in which each of `images` images leaves, from the one in which x is first offered; x is
/// always there and y always taken.
std::vector<std::uint64_t> sc_cycles(const ScEngine& engine, int length, int images);

}  // namespace lacuna::golden
