// SPDX-License-Identifier: Apache-2.0
// Inner loops of golden/row_sums.cpp for three kinds of processor: AVX-512 with byte dot products
// (VNNI), AVX2, and any other. Each gives the same integers. A panel holds the weights of one tile
// for a chunk of columns, interleaved in groups of four.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#ifdef __AVX2__
#include <immintrin.h>
#endif

#include "golden/row_sums.h"

namespace lacuna::golden::row_sums {

constexpr std::ptrdiff_t kGroup = GroupedColumns::kGroup;
constexpr std::ptrdiff_t kRows = RowTiles::kTileRows;
constexpr std::ptrdiff_t kChunkGroups =
    32;  ///< groups of a panel: it stays in the first-level cache

using GroupWeights =
    const std::uint8_t* const[kGroup];  ///< kRows weights + 128 of each column of a group

// Each kind of processor has
//   kStreams                     streams whose sums fit the registers
//   position_of(row)             place of a row in a column's kRows bytes
//   Panel, pack(panel, ...)      weights as the dot product takes them
//   add_chunk<Streams>(...)      adds a panel to sums[stream * kRows + row]; values[group * batch +
//   stream]

#if defined(__AVX512VNNI__)

constexpr int kStreams = 8;

/// Such that interleaving four columns within 128-bit quarters leaves the rows in order.
constexpr std::ptrdiff_t position_of(std::ptrdiff_t row) {
  return (row >> 2 & 3) * 16 + (row >> 4) * 4 + (row & 3);
}

struct alignas(64) Panel {
  std::uint8_t bytes[kChunkGroups * kRows * kGroup];
};

inline void pack(Panel& panel, std::ptrdiff_t group, GroupWeights& column) {
  const __m512i c0 = _mm512_loadu_si512(column[0]), c1 = _mm512_loadu_si512(column[1]);
  const __m512i c2 = _mm512_loadu_si512(column[2]), c3 = _mm512_loadu_si512(column[3]);
  const __m512i low01 = _mm512_unpacklo_epi8(c0, c1), high01 = _mm512_unpackhi_epi8(c0, c1);
  const __m512i low23 = _mm512_unpacklo_epi8(c2, c3), high23 = _mm512_unpackhi_epi8(c2, c3);
  std::uint8_t* out = panel.bytes + group * kRows * kGroup;
  _mm512_store_si512(out, _mm512_unpacklo_epi16(low01, low23));
  _mm512_store_si512(out + 64, _mm512_unpackhi_epi16(low01, low23));
  _mm512_store_si512(out + 128, _mm512_unpacklo_epi16(high01, high23));
  _mm512_store_si512(out + 192, _mm512_unpackhi_epi16(high01, high23));
}

template <int Streams>
void add_chunk(const Panel& panel, std::ptrdiff_t groups, const std::uint32_t* values,
               std::ptrdiff_t batch, std::int32_t* sums) {
  constexpr std::ptrdiff_t kVector = 16;  ///< rows
  for (std::ptrdiff_t row = 0; row < kRows; row += 2 * kVector) {
    __m512i low[Streams], high[Streams];
    for (std::ptrdiff_t s = 0; s < Streams; ++s) {
      low[s] = _mm512_loadu_si512(sums + s * kRows + row);
      high[s] = _mm512_loadu_si512(sums + s * kRows + row + kVector);
    }
    const std::uint8_t* weights = panel.bytes + row * kGroup;
    for (std::ptrdiff_t group = 0; group < groups; ++group, weights += kRows * kGroup) {
      const __m512i w_low = _mm512_load_si512(weights), w_high = _mm512_load_si512(weights + 64);
#pragma GCC unroll 8
      for (std::ptrdiff_t s = 0; s < Streams; ++s) {
        const __m512i value = _mm512_set1_epi32(static_cast<int>(values[group * batch + s]));
        low[s] = _mm512_dpbusd_epi32(low[s], w_low, value);
        high[s] = _mm512_dpbusd_epi32(high[s], w_high, value);
      }
    }
    for (std::ptrdiff_t s = 0; s < Streams; ++s) {
      _mm512_storeu_si512(sums + s * kRows + row, low[s]);
      _mm512_storeu_si512(sums + s * kRows + row + kVector, high[s]);
    }
  }
}

#elif defined(__AVX2__)

constexpr int kStreams = 2;

constexpr std::ptrdiff_t position_of(std::ptrdiff_t row) { return row; }

/// [group][pair of columns][row][column of the pair]
struct alignas(64) Panel {
  std::int16_t words[kChunkGroups * kRows * kGroup];
};

inline void pack(Panel& panel, std::ptrdiff_t group, GroupWeights& column) {
  std::int16_t* out = panel.words + group * kRows * kGroup;
  for (std::ptrdiff_t pair = 0; pair < kGroup; pair += 2) {
    for (std::ptrdiff_t row = 0; row < kRows; row += 16, out += 32) {
      const __m128i first = _mm_loadu_si128(reinterpret_cast<const __m128i*>(column[pair] + row));
      const __m128i second =
          _mm_loadu_si128(reinterpret_cast<const __m128i*>(column[pair + 1] + row));
      auto* const to = reinterpret_cast<__m256i*>(out);
      _mm256_store_si256(to, _mm256_cvtepu8_epi16(_mm_unpacklo_epi8(first, second)));
      _mm256_store_si256(to + 1, _mm256_cvtepu8_epi16(_mm_unpackhi_epi8(first, second)));
    }
  }
}

template <int Streams>
void add_chunk(const Panel& panel, std::ptrdiff_t groups, const std::uint32_t* values,
               std::ptrdiff_t batch, std::int32_t* sums) {
  constexpr std::ptrdiff_t kVector = 8;  ///< rows
  constexpr std::ptrdiff_t kVectors = 4;
  for (std::ptrdiff_t row = 0; row < kRows; row += kVectors * kVector) {
    __m256i sum[Streams][kVectors];
    for (std::ptrdiff_t s = 0; s < Streams; ++s) {
      for (std::ptrdiff_t v = 0; v < kVectors; ++v) {
        sum[s][v] = _mm256_loadu_si256(
            reinterpret_cast<const __m256i*>(sums + s * kRows + row + v * kVector));
      }
    }
    for (std::ptrdiff_t group = 0; group < groups; ++group) {
      const auto* first =
          reinterpret_cast<const __m256i*>(panel.words + group * kRows * kGroup + row * 2);
      const auto* second = first + kRows / kVector;
#pragma GCC unroll 2
      for (std::ptrdiff_t s = 0; s < Streams; ++s) {
        const __m128i four =
            _mm_cvtepi8_epi16(_mm_cvtsi32_si128(static_cast<int>(values[group * batch + s])));
        const __m256i low = _mm256_broadcastd_epi32(four);
        const __m256i high = _mm256_broadcastd_epi32(_mm_srli_si128(four, 4));
#pragma GCC unroll 4
        for (std::ptrdiff_t v = 0; v < kVectors; ++v) {
          sum[s][v] =
              _mm256_add_epi32(sum[s][v], _mm256_add_epi32(_mm256_madd_epi16(first[v], low),
                                                           _mm256_madd_epi16(second[v], high)));
        }
      }
    }
    for (std::ptrdiff_t s = 0; s < Streams; ++s) {
      for (std::ptrdiff_t v = 0; v < kVectors; ++v) {
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(sums + s * kRows + row + v * kVector),
                            sum[s][v]);
      }
    }
  }
}

#else

constexpr int kStreams = 8;

constexpr std::ptrdiff_t position_of(std::ptrdiff_t row) { return row; }

struct Panel {
  std::uint8_t bytes[kChunkGroups * kRows * kGroup];
};

inline void pack(Panel& panel, std::ptrdiff_t group, GroupWeights& column) {
  std::uint8_t* out = panel.bytes + group * kRows * kGroup;
  for (std::ptrdiff_t row = 0; row < kRows; ++row) {
    for (std::ptrdiff_t k = 0; k < kGroup; ++k) *out++ = column[k][row];
  }
}

template <int Streams>
void add_chunk(const Panel& panel, std::ptrdiff_t groups, const std::uint32_t* values,
               std::ptrdiff_t batch, std::int32_t* sums) {
  for (std::ptrdiff_t group = 0; group < groups; ++group) {
    for (std::ptrdiff_t s = 0; s < Streams; ++s) {
      std::int32_t value[kGroup];
      for (std::ptrdiff_t k = 0; k < kGroup; ++k) {
        value[k] = static_cast<std::int8_t>(values[group * batch + s] >> (8 * k));
      }
      const std::uint8_t* weights = panel.bytes + group * kRows * kGroup;
      std::int32_t* sum = sums + s * kRows;
      for (std::ptrdiff_t row = 0; row < kRows; ++row, weights += kGroup) {
        sum[row] += weights[0] * value[0] + weights[1] * value[1] + weights[2] * value[2] +
                    weights[3] * value[3];
      }
    }
  }
}

#endif

}  // namespace lacuna::golden::row_sums
