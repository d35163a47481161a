// SPDX-License-Identifier: Apache-2.0
// Weights are kept as weight + 128, unsigned, because the processor's dot product multiplies
// unsigned by signed bytes. A sum is then too large by 128 times the sum of the stream's values,
// the same for every row: sums start below zero by that.
#include "golden/row_sums.h"

#include <algorithm>

#include "golden/row_sums_kernel.h"

namespace lacuna::golden {
namespace {

using row_sums::kChunkGroups;
using row_sums::kGroup;
using row_sums::kRows;
using row_sums::kStreams;

constexpr std::int32_t kOffset = 128;

template <int Most = kStreams>
void add_streams(std::ptrdiff_t streams, const row_sums::Panel& panel, std::ptrdiff_t groups,
                 const std::uint32_t* values, std::ptrdiff_t batch, std::int32_t* sums) {
  if constexpr (Most > 1) {
    if (streams < Most) return add_streams<Most - 1>(streams, panel, groups, values, batch, sums);
  }
  row_sums::add_chunk<Most>(panel, groups, values, batch, sums);
}

}  // namespace

GroupedColumns::GroupedColumns(const Columns& columns)
    : batch_(columns.batch),
      index_(columns.index),
      totals_(static_cast<std::size_t>(columns.batch), 0) {
  index_.resize((columns.size() + kGroup - 1) / kGroup * kGroup, 0);
  const auto batch = static_cast<std::size_t>(batch_);
  values_.assign(index_.size() / kGroup * batch, 0);
  for (std::size_t k = 0; k < columns.size(); ++k) {
    const std::int8_t* value = columns.value(k);
    std::uint32_t* group = values_.data() + k / kGroup * batch;
    const int shift = 8 * static_cast<int>(k % kGroup);
    for (std::size_t b = 0; b < batch; ++b) {
      group[b] |= static_cast<std::uint32_t>(static_cast<std::uint8_t>(value[b])) << shift;
      totals_[b] += value[b];
    }
  }
  nonzero_ = columns.values.size() - static_cast<std::uint64_t>(std::count(
                                         columns.values.begin(), columns.values.end(), 0));
}

RowTiles::RowTiles(const Int8Matrix& weight, const std::vector<int>& order)
    : tiles_((static_cast<int>(order.size()) + kTileRows - 1) / kTileRows),
      columns_(weight.cols()) {
  bytes_.assign(static_cast<std::size_t>(tiles_ * columns_ * kRows), kOffset);
  for (std::size_t p = 0; p < order.size(); ++p) {
    if (order[p] < 0) continue;
    const auto position = static_cast<std::ptrdiff_t>(p);
    std::uint8_t* byte = bytes_.data() + position / kRows * columns_ * kRows +
                         row_sums::position_of(position % kRows);
    for (std::ptrdiff_t column = 0; column < columns_; ++column, byte += kRows) {
      *byte = static_cast<std::uint8_t>(weight(order[p], column) + kOffset);
    }
  }
}

void RowTiles::sum(int tile, const GroupedColumns& columns, std::int32_t* sums) const {
  const std::ptrdiff_t batch = columns.batch();
  for (std::ptrdiff_t b = 0; b < batch; ++b) {
    std::fill_n(sums + b * kRows, kRows, -kOffset * columns.totals()[static_cast<std::size_t>(b)]);
  }
  const std::uint8_t* weights = bytes_.data() + tile * columns_ * kRows;
  const auto groups = static_cast<std::ptrdiff_t>(columns.index().size()) / kGroup;
  row_sums::Panel panel;
  for (std::ptrdiff_t first = 0; first < groups; first += kChunkGroups) {
    const std::ptrdiff_t count = std::min(kChunkGroups, groups - first);
    const std::uint16_t* index = columns.index().data() + first * kGroup;
    for (std::ptrdiff_t group = 0; group < count; ++group, index += kGroup) {
      const std::uint8_t* const column[kGroup] = {
          weights + index[0] * kRows, weights + index[1] * kRows, weights + index[2] * kRows,
          weights + index[3] * kRows};
      row_sums::pack(panel, group, column);
    }
    const std::uint32_t* values = columns.values().data() + first * batch;
    for (std::ptrdiff_t b = 0; b < batch; b += kStreams) {
      add_streams(std::min<std::ptrdiff_t>(kStreams, batch - b), panel, count, values + b, batch,
                  sums + b * kRows);
    }
  }
}

WeightTiles::WeightTiles(const WeightMatrix& weight, WeightFormat format,
                         const std::vector<int>& order) {
  if (weight_bits(format) <= 8) {
    low_ = RowTiles(weight.cast<std::int8_t>(), order);
    return;
  }
  const Int8Matrix low = weight.unaryExpr(
      [](std::int16_t w) { return static_cast<std::int8_t>(w & ((1 << kLowBits) - 1)); });
  const Int8Matrix high =
      weight.unaryExpr([](std::int16_t w) { return static_cast<std::int8_t>(w >> kLowBits); });
  low_ = RowTiles(low, order);
  high_ = RowTiles(high, order);
}

void WeightTiles::sum(int tile, const GroupedColumns& columns, std::int32_t* sums) const {
  low_.sum(tile, columns, sums);
  if (!high_) return;
  const auto size = static_cast<std::size_t>(RowTiles::kTileRows * columns.batch());
  thread_local std::vector<std::int32_t> high;
  high.resize(size);
  high_->sum(tile, columns, high.data());
  for (std::size_t at = 0; at < size; ++at) sums[at] += high[at] * (1 << kLowBits);
}

}  // namespace lacuna::golden
