// SPDX-License-Identifier: Apache-2.0
// Numbers beside each other on a port of a netlist.
#pragma once

#include <cstdint>
#include <vector>

namespace lacuna::sim {

/// Two's complement, the first number lowest, in words of 32 bits.
inline std::vector<std::uint32_t> packed(const std::vector<int>& numbers, int bits) {
  std::vector<std::uint32_t> words((numbers.size() * static_cast<std::size_t>(bits) + 31) / 32);
  std::size_t place = 0;
  for (const int number : numbers) {
    for (int bit = 0; bit < bits; ++bit, ++place)
      words[place / 32] |= (static_cast<std::uint32_t>(number) >> bit & 1) << (place % 32);
  }
  return words;
}

}  // namespace lacuna::sim
