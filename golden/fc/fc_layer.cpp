// SPDX-License-Identifier: Apache-2.0
// What an FcLayer says about itself (golden/bundle.h).
#include <algorithm>
#include <cstdlib>
#include <numeric>

#include "golden/bundle.h"
#include "golden/fixed_point.h"

namespace lacuna::golden {

std::vector<std::vector<std::uint16_t>> FcLayer::connections() const {
  std::vector<std::vector<std::uint16_t>> all;
  if (!mask) {
    std::vector<std::uint16_t> every(static_cast<std::size_t>(inputs));
    std::iota(every.begin(), every.end(), std::uint16_t{0});
    all.assign(static_cast<std::size_t>(outputs), every);
    return all;
  }
  const auto groups = group_connections(*mask, inputs);
  for (int output = 0; output < outputs; ++output)
    all.push_back(groups[static_cast<std::size_t>(mask->group_of(output))]);
  return all;
}

std::vector<int> FcLayer::connection_counts() const {
  if (!mask) return std::vector<int>(static_cast<std::size_t>(outputs), inputs);
  const auto groups = group_connections(*mask, inputs);
  std::vector<int> counts;
  for (int output = 0; output < outputs; ++output) {
    const auto& connected = groups[static_cast<std::size_t>(mask->group_of(output))];
    counts.push_back(static_cast<int>(connected.size()));
  }
  return counts;
}

int FcLayer::accumulator_bits() const {
  std::int64_t low = 0, high = 0;
  std::size_t next = 0;
  for (const int count : connection_counts()) {
    std::int64_t row_low = 0, row_high = 0;
    for (int k = 0; k < count; ++k, ++next) {
      const int weight = weights[next];
      // Inputs are -128..127: a positive weight reaches further down, a negative one further up.
      row_low -= weight > 0 ? 128 * weight : -127 * weight;
      row_high += weight > 0 ? 127 * weight : -128 * weight;
    }
    low = std::min(low, row_low);
    high = std::max(high, row_high);
  }
  return signed_bits(low, high);
}

std::uint64_t FcLayer::weight_memory_bits() const {
  return weights.size() * static_cast<std::uint64_t>(weight_bits(weight_format));
}

int FcLayer::memory_depth() const {
  const std::vector<int> counts = connection_counts();
  return *std::max_element(counts.begin(), counts.end());
}

}  // namespace lacuna::golden
