// SPDX-License-Identifier: Apache-2.0
#include "sim/fpga/block_ram.h"

#include <algorithm>
#include <utility>

namespace lacuna::sim {
namespace {

constexpr std::int64_t kLeastBits = 4096, kLeastWords = 128;

std::int64_t ceil_div(std::int64_t value, std::int64_t divisor) {
  return (value + divisor - 1) / divisor;
}

std::int64_t halves(const MemoryShape& memory) {
  // Shapes of a RAMB18 with a port each for reads and writes (UG473).
  constexpr std::pair<std::int64_t, std::int64_t> kShapes[] = {{36, 512}, {18, 1024}, {9, 2048},
                                                               {4, 4096}, {2, 8192},  {1, 16384}};
  if (memory.words < kLeastWords || memory.words * memory.width < kLeastBits) return 0;
  std::int64_t least = memory.words * memory.width;
  for (const auto& [width, words] : kShapes)
    least = std::min(least, ceil_div(memory.width, width) * ceil_div(memory.words, words));
  return least;
}

}  // namespace

std::int64_t block_rams(const std::vector<MemoryShape>& memories) {
  std::int64_t sum = 0;
  for (const MemoryShape& memory : memories) sum += halves(memory);
  return ceil_div(sum, 2);
}

}  // namespace lacuna::sim
