// SPDX-License-Identifier: Apache-2.0
// Images side by side, as golden's fully-connected layers take them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace lacuna::golden {

/// 8-bit activations of up to kImages images. Activations are kept as x + 128, unsigned, because
/// the processor's dot product multiplies unsigned by signed bytes.
struct ImageBlock {
  static constexpr int kImages = 64;
  static constexpr int kGroup = 4;  ///< inputs of a word
  static constexpr std::uint32_t kOffset = 0x80808080;

  static constexpr std::size_t groups_of(int inputs) {
    return static_cast<std::size_t>((inputs + kGroup - 1) / kGroup);
  }

  /// @param x index [image * inputs + input]
  void load(const std::int8_t* x, int count, int inputs);

  /// Four consecutive inputs of each image, the first in the lowest byte.
  struct alignas(64) Group {
    std::uint32_t word[kImages];
  };

  int images = 0;
  /// What inputs and images beyond the last ones hold is nobody's: weights are zero there, sums are
  /// not read.
  std::vector<Group> groups;
};

}  // namespace lacuna::golden
