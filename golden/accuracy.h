// SPDX-License-Identifier: Apache-2.0
// Classification: how often the largest output is the right one.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace lacuna::golden {

/// Share of vectors whose largest number, the first of equal ones, stands at their label.
/// @param outputs index [vector * classes + class], a whole number of vectors
/// @param labels  one a vector, at least one
template <typename Number>
double accuracy(const std::vector<Number>& outputs, const std::vector<int>& labels) {
  const auto classes = static_cast<std::ptrdiff_t>(outputs.size() / labels.size());
  std::size_t right = 0;
  auto first = outputs.begin();
  for (const int label : labels) {
    right += std::max_element(first, first + classes) - first == label ? 1U : 0U;
    first += classes;
  }
  return static_cast<double>(right) / static_cast<double>(labels.size());
}

}  // namespace lacuna::golden
