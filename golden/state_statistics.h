// SPDX-License-Identifier: Apache-2.0
// How often the states of a layer are zero: in one stream, and in all streams of a group at once,
// which is what an engine of that batch can skip.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "golden/columns.h"

namespace lacuna::golden {

class StateStatistics {
 public:
  /// Sizes of groups; streams 0..size-1 are the first group of a size, and so on. A last, smaller
  /// group is left out.
  static constexpr std::array<int, 4> kGroups = {1, 2, 4, 8};

  explicit StateStatistics(int units) : active_(static_cast<std::size_t>(units), false) {}

  /// One step's kept columns. Groups count in which every stream runs (`runs[b]`).
  void add(const Columns& kept, const std::vector<bool>& runs);

  /// Adds what was counted in other streams of the same layer.
  void merge(const StateStatistics& other);

  /// Share of units that are zero in a stream.
  double sparsity() const { return joint_sparsity(kGroups.front()); }
  /// Share of units that are zero in every stream of a group, averaged over groups and steps; NaN
  /// when there was no such group.
  /// @param group one of kGroups
  double joint_sparsity(int group) const;
  /// Units that were zero in every stream of every step.
  std::vector<int> dead_units() const;

 private:
  std::vector<bool> active_;
  std::array<std::uint64_t, kGroups.size()> states_{}, nonzero_{};
};

}  // namespace lacuna::golden
