// SPDX-License-Identifier: Apache-2.0
#include "golden/state_statistics.h"

#include <algorithm>
#include <limits>

namespace lacuna::golden {

void StateStatistics::add(const Columns& kept, const std::vector<bool>& runs) {
  const auto batch = static_cast<std::size_t>(kept.batch);
  for (std::size_t g = 0; g < kGroups.size(); ++g) {
    const auto size = static_cast<std::size_t>(kGroups[g]);
    std::vector<std::size_t> firsts;
    for (std::size_t first = 0; first + size <= batch; first += size) {
      const auto begin = runs.begin() + static_cast<std::ptrdiff_t>(first);
      if (std::all_of(begin, begin + kGroups[g], [](bool running) { return running; })) {
        firsts.push_back(first);
      }
    }
    states_[g] += firsts.size() * active_.size();
    for (std::size_t k = 0; k < kept.size(); ++k) {
      const std::int8_t* value = kept.value(k);
      for (const std::size_t first : firsts) {
        int any = 0;
        for (std::size_t b = first; b < first + size; ++b) any |= value[b];
        nonzero_[g] += any != 0;
      }
    }
  }
  for (const std::uint16_t unit : kept.index) active_[unit] = true;
}

void StateStatistics::merge(const StateStatistics& other) {
  for (std::size_t g = 0; g < kGroups.size(); ++g) {
    states_[g] += other.states_[g];
    nonzero_[g] += other.nonzero_[g];
  }
  for (std::size_t unit = 0; unit < active_.size(); ++unit) {
    if (other.active_[unit]) active_[unit] = true;
  }
}

double StateStatistics::joint_sparsity(int group) const {
  const auto g =
      static_cast<std::size_t>(std::find(kGroups.begin(), kGroups.end(), group) - kGroups.begin());
  if (g == kGroups.size() || states_[g] == 0) return std::numeric_limits<double>::quiet_NaN();
  return 1.0 - static_cast<double>(nonzero_[g]) / static_cast<double>(states_[g]);
}

std::vector<int> StateStatistics::dead_units() const {
  std::vector<int> dead;
  for (std::size_t unit = 0; unit < active_.size(); ++unit) {
    if (!active_[unit]) dead.push_back(static_cast<int>(unit));
  }
  return dead;
}

}  // namespace lacuna::golden
