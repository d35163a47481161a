// SPDX-License-Identifier: Apache-2.0
// How many block RAMs of Xilinx' 7 series the memories of a design take at least.
#pragma once

#include <cstdint>
#include <vector>

namespace lacuna::sim {

/// A memory with one write and one read port.
struct MemoryShape {
  std::int64_t width = 0;  ///< bits of a word
  std::int64_t words = 0;
};

/// RAMB36, of which each memory takes halves in the best of their shapes. Memories of less than
/// 4096 bits or 128 words count as nothing: tools put them into LUTs.
std::int64_t block_rams(const std::vector<MemoryShape>& memories);

}  // namespace lacuna::sim
