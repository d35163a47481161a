// SPDX-License-Identifier: Apache-2.0
// Weights are kept as weight + 128, unsigned, because the processor's dot product (VNNI) multiplies
// unsigned by signed bytes. A sum is then too large by 128 times the sum of the stream's values,
// the same for every row: sums start there.
#include "golden/row_sums.h"

#include <algorithm>
#include <cstring>

#ifdef __AVX512VNNI__
#include <immintrin.h>
#endif

namespace lacuna::golden {
namespace {

constexpr int kGroup = GroupedColumns::kGroup;
constexpr int kRows = RowTiles::kTileRows;
constexpr int kChunkGroups = 64;  ///< groups of columns in a panel: 16 KB, half a first-level cache
constexpr int kStreams = 8;       ///< streams a kernel call sums in registers
constexpr int kOffset = 128;

/// Weights of a tile for one chunk of columns, [group][row][column of the group].
struct alignas(64) Panel {
  std::uint8_t bytes[kChunkGroups * kRows * kGroup];
};

#ifdef __AVX512VNNI__

using Vector = __m512i;
constexpr int kVectorRows = 16;

/// Position of a row in a column's 64 bytes, such that interleaving four columns within 128-bit
/// quarters leaves rows in order.
constexpr int position_of(int row) { return (row >> 2 & 3) * 16 + (row >> 4) * 4 + (row & 3); }

void pack_group(const std::uint8_t* const column[kGroup], std::uint8_t* out) {
  const Vector c0 = _mm512_loadu_si512(column[0]), c1 = _mm512_loadu_si512(column[1]);
  const Vector c2 = _mm512_loadu_si512(column[2]), c3 = _mm512_loadu_si512(column[3]);
  const Vector low01 = _mm512_unpacklo_epi8(c0, c1), high01 = _mm512_unpackhi_epi8(c0, c1);
  const Vector low23 = _mm512_unpacklo_epi8(c2, c3), high23 = _mm512_unpackhi_epi8(c2, c3);
  _mm512_store_si512(out, _mm512_unpacklo_epi16(low01, low23));
  _mm512_store_si512(out + 64, _mm512_unpackhi_epi16(low01, low23));
  _mm512_store_si512(out + 128, _mm512_unpacklo_epi16(high01, high23));
  _mm512_store_si512(out + 192, _mm512_unpackhi_epi16(high01, high23));
}

/// Adds a chunk to the sums of `Streams` streams, two vectors of rows at a time so that all sums
/// stay in registers.
template <int Streams>
void add_chunk(const Panel& panel, int groups, const std::uint32_t* values, int batch,
               std::int32_t* sums) {
  constexpr int kVectors = 2;
  for (int row = 0; row < kRows; row += kVectors * kVectorRows) {
    Vector sum[Streams][kVectors];
    for (int s = 0; s < Streams; ++s) {
      for (int v = 0; v < kVectors; ++v) {
        sum[s][v] = _mm512_loadu_si512(sums + s * kRows + row + v * kVectorRows);
      }
    }
    const std::uint8_t* weights = panel.bytes + row * kGroup;
    for (int group = 0; group < groups; ++group, weights += kRows * kGroup) {
      const Vector w0 = _mm512_load_si512(weights), w1 = _mm512_load_si512(weights + 64);
#pragma GCC unroll 8
      for (int s = 0; s < Streams; ++s) {
        const Vector value = _mm512_set1_epi32(static_cast<int>(values[group * batch + s]));
        sum[s][0] = _mm512_dpbusd_epi32(sum[s][0], w0, value);
        sum[s][1] = _mm512_dpbusd_epi32(sum[s][1], w1, value);
      }
    }
    for (int s = 0; s < Streams; ++s) {
      for (int v = 0; v < kVectors; ++v) {
        _mm512_storeu_si512(sums + s * kRows + row + v * kVectorRows, sum[s][v]);
      }
    }
  }
}

#else

constexpr int position_of(int row) { return row; }

void pack_group(const std::uint8_t* const column[kGroup], std::uint8_t* out) {
  for (int row = 0; row < kRows; ++row) {
    for (int k = 0; k < kGroup; ++k) out[row * kGroup + k] = column[k][row];
  }
}

template <int Streams>
void add_chunk(const Panel& panel, int groups, const std::uint32_t* values, int batch,
               std::int32_t* sums) {
  for (int group = 0; group < groups; ++group) {
    const std::uint8_t* weights = panel.bytes + group * kRows * kGroup;
    for (int s = 0; s < Streams; ++s) {
      std::int8_t value[kGroup];
      std::memcpy(value, &values[group * batch + s], sizeof value);
      std::int32_t* sum = sums + s * kRows;
      for (int row = 0; row < kRows; ++row) {
        // Written with 16-bit products in mind: compilers turn this into pmaddwd or its like.
        const std::uint8_t* w = weights + row * kGroup;
        sum[row] += w[0] * value[0] + w[1] * value[1] + w[2] * value[2] + w[3] * value[3];
      }
    }
  }
}

#endif

void add_streams(int streams, const Panel& panel, int groups, const std::uint32_t* values,
                 int batch, std::int32_t* sums) {
  switch (streams) {
    case 1:
      return add_chunk<1>(panel, groups, values, batch, sums);
    case 2:
      return add_chunk<2>(panel, groups, values, batch, sums);
    case 3:
      return add_chunk<3>(panel, groups, values, batch, sums);
    case 4:
      return add_chunk<4>(panel, groups, values, batch, sums);
    case 5:
      return add_chunk<5>(panel, groups, values, batch, sums);
    case 6:
      return add_chunk<6>(panel, groups, values, batch, sums);
    case 7:
      return add_chunk<7>(panel, groups, values, batch, sums);
    default:
      return add_chunk<kStreams>(panel, groups, values, batch, sums);
  }
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
    : tiles_((static_cast<int>(order.size()) + kRows - 1) / kRows),
      columns_(static_cast<int>(weight.cols())) {
  const auto tile_bytes = static_cast<std::size_t>(columns_) * kRows;
  bytes_.assign(static_cast<std::size_t>(tiles_) * tile_bytes, kOffset);
  for (std::size_t p = 0; p < order.size(); ++p) {
    if (order[p] < 0) continue;
    std::uint8_t* byte = bytes_.data() + p / kRows * tile_bytes + position_of(p % kRows);
    for (int column = 0; column < columns_; ++column, byte += kRows) {
      *byte = static_cast<std::uint8_t>(weight(order[p], column) + kOffset);
    }
  }
}

void RowTiles::sum(int tile, const GroupedColumns& columns, std::int32_t* sums) const {
  const int batch = columns.batch();
  for (int b = 0; b < batch; ++b) {
    std::fill_n(sums + b * kRows, kRows, -kOffset * columns.totals()[static_cast<std::size_t>(b)]);
  }
  const std::uint8_t* weights =
      bytes_.data() + static_cast<std::size_t>(tile) * static_cast<std::size_t>(columns_) * kRows;
  const int groups = static_cast<int>(columns.index().size()) / kGroup;
  Panel panel;
  for (int first = 0; first < groups; first += kChunkGroups) {
    const int count = std::min(kChunkGroups, groups - first);
    const std::uint16_t* index = columns.index().data() + first * kGroup;
    for (int group = 0; group < count; ++group, index += kGroup) {
      const std::uint8_t* const column[kGroup] = {
          weights + index[0] * kRows, weights + index[1] * kRows, weights + index[2] * kRows,
          weights + index[3] * kRows};
      pack_group(column, panel.bytes + group * kRows * kGroup);
    }
    for (int b = 0; b < batch; b += kStreams) {
      add_streams(std::min(kStreams, batch - b), panel, count,
                  columns.values().data() + static_cast<std::size_t>(first) * batch + b, batch,
                  sums + b * kRows);
    }
  }
}

}  // namespace lacuna::golden
