// SPDX-License-Identifier: Apache-2.0
// Images as an engine takes them: a byte a value, some values a beat, each image from a beat of its
// own.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "sim/common/beat.h"

namespace lacuna::sim {

/// @param x     index [image * inputs + input]
/// @param lanes values a beat
inline std::vector<Beat> image_beats(const std::vector<std::int8_t>& x, int inputs, int lanes) {
  const auto size = static_cast<std::size_t>(inputs), step = static_cast<std::size_t>(lanes);
  std::vector<Beat> beats;
  for (std::size_t image = 0; image < x.size(); image += size) {
    for (std::size_t first = 0; first < size; first += step) {
      BitWriter bits;
      for (std::size_t input = first; input < std::min(size, first + step); ++input)
        bits.put(static_cast<std::uint8_t>(x[image + input]), 8);
      beats.push_back(bits.beat());
    }
  }
  return beats;
}

}  // namespace lacuna::sim
