// SPDX-License-Identifier: Apache-2.0
// Sums of weight rows over a list of columns, for a batch of streams: the hot loop of golden's
// recurrent networks. Exact: sums are 32-bit integers, so neither order nor threads change them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "golden/bundle.h"
#include "golden/columns.h"

namespace lacuna::golden {

/// Columns with their values in groups of four, as the kernel multiplies them.
class GroupedColumns {
 public:
  GroupedColumns() = default;
  explicit GroupedColumns(const Columns& columns);

  int batch() const { return batch_; }
  /// A multiple of kGroup; columns beyond the list repeat column 0 with zero values.
  const std::vector<std::uint16_t>& index() const { return index_; }
  /// Four values of one stream: entry [group * batch + stream], first column in the lowest byte.
  const std::vector<std::uint32_t>& values() const { return values_; }
  /// Sum of each stream's values.
  const std::vector<std::int32_t>& totals() const { return totals_; }
  /// Values that are not zero.
  std::uint64_t nonzero() const { return nonzero_; }

  static constexpr int kGroup = 4;

 private:
  int batch_ = 0;
  std::vector<std::uint16_t> index_;
  std::vector<std::uint32_t> values_;
  std::vector<std::int32_t> totals_;
  std::uint64_t nonzero_ = 0;
};

/// A weight matrix cut into tiles of kTileRows rows.
class RowTiles {
 public:
  static constexpr int kTileRows = 64;

  RowTiles() = default;
  /// `order[p]` is the row at position p, or -1 for a row of zeros. The length of `order` is
  /// rounded up to whole tiles.
  RowTiles(const Int8Matrix& weight, const std::vector<int>& order);

  int tiles() const { return tiles_; }
  /// sums[stream * kTileRows + r] = sum over columns of weight(position tile * kTileRows + r,
  /// column) * value.
  void sum(int tile, const GroupedColumns& columns, std::int32_t* sums) const;

 private:
  int tiles_ = 0;
  std::ptrdiff_t columns_ = 0;
  std::vector<std::uint8_t> bytes_;  ///< weight + 128, [tile][column][row]
};

/// A matrix of weights of any format as tiles. Weights beyond 8 bits are kept as two matrices, w =
/// 64 high + low, so that there is one kernel.
class WeightTiles {
 public:
  WeightTiles() = default;
  /// `order` as for RowTiles.
  WeightTiles(const WeightMatrix& weight, WeightFormat format, const std::vector<int>& order);

  int tiles() const { return low_.tiles(); }
  /// As RowTiles::sum.
  void sum(int tile, const GroupedColumns& columns, std::int32_t* sums) const;

 private:
  static constexpr int kLowBits = 6;

  RowTiles low_;
  std::optional<RowTiles> high_;
};

}  // namespace lacuna::golden
