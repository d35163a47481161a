// SPDX-License-Identifier: Apache-2.0
// Inner loop of golden/fc/sparse_rows.cpp. What differs between processors is how a word of four
// activations times a word of four weights is added to a vector of sums, one an image: AVX-512 with
// byte dot products (VNNI), or two pairs of 16-bit numbers, which AVX2 and SSE2 multiply and add at
// once. Each gives the same integers.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>

#ifdef __SSE2__
#include <immintrin.h>
#endif

#include "golden/fc/image_block.h"

namespace lacuna::golden::sparse_rows {

#ifdef __AVX512VNNI__
constexpr int kVectorImages = 16;
constexpr int kSumVectors = 16;  ///< vectors of sums that fit the registers
#else
#ifdef __AVX2__
constexpr int kVectorImages = 8;
#else
constexpr int kVectorImages = 4;
#endif
constexpr int kSumVectors = 8;
#endif

/// A number an image.
using Sums = std::int32_t __attribute__((vector_size(kVectorImages * 4)));

template <typename Vector, typename Number>
Vector load(const Number* from) {
  Vector vector;
  std::memcpy(&vector, from, sizeof vector);
  return vector;
}

#ifdef __AVX512VNNI__

using Activations = __m512i;
using Weights = __m512i;

inline Activations activations(const std::uint32_t* word) { return load<Activations>(word); }
inline Weights weights_of(std::uint32_t word) { return _mm512_set1_epi32(static_cast<int>(word)); }
inline Sums add_products(const Sums& sums, const Activations& x, const Weights& weights) {
  return reinterpret_cast<Sums>(_mm512_dpbusd_epi32(reinterpret_cast<__m512i>(sums), x, weights));
}

#else

using Halves = std::int16_t __attribute__((vector_size(kVectorImages * 4)));

/// Bytes 0 and 2 of each word, and bytes 1 and 3, with 16 bits each.
struct Pairs {
  Halves even, odd;
};
using Activations = Pairs;
using Weights = Pairs;

inline Activations activations(const std::uint32_t* word) {
  const auto halves = load<Halves>(word);
  return {halves & 255, halves >> 8 & 255};
}

inline Weights weights_of(std::uint32_t word) {
  const auto halves = reinterpret_cast<Halves>(Sums{} + static_cast<std::int32_t>(word));
  return {halves << 8 >> 8, halves >> 8};
}

/// a b of the one half of each word + a b of the other.
inline Sums pair_products(const Halves& a, const Halves& b) {
#if defined(__AVX2__)
  return reinterpret_cast<Sums>(
      _mm256_madd_epi16(reinterpret_cast<__m256i>(a), reinterpret_cast<__m256i>(b)));
#elif defined(__SSE2__)
  return reinterpret_cast<Sums>(
      _mm_madd_epi16(reinterpret_cast<__m128i>(a), reinterpret_cast<__m128i>(b)));
#else
  const auto both = reinterpret_cast<Sums>(a * b);  // 0..255 times -128..127 fits 16 bits
  return (both << 16 >> 16) + (both >> 16);
#endif
}

inline Sums add_products(const Sums& sums, const Activations& x, const Weights& weights) {
  return sums + (pair_products(x.even, weights.even) + pair_products(x.odd, weights.odd));
}

#endif

/// sums[row * kImages + image] = start[row] + products of the `count` groups of inputs.
/// @param weights index [group * Rows + row]
template <int Rows>
void sum_block(const ImageBlock::Group* x_groups, const std::uint16_t* groups,
               const std::uint32_t* weights, std::size_t count, const std::int32_t* start,
               std::int32_t* sums) {
  constexpr int kImages = ImageBlock::kImages;
  constexpr int kVectors = std::min(kSumVectors / Rows, kImages / kVectorImages);
  for (int image = 0; image < kImages; image += kVectors * kVectorImages) {
    Sums sum[Rows][kVectors];
    for (int row = 0; row < Rows; ++row) {
      for (int v = 0; v < kVectors; ++v) sum[row][v] = Sums{} + start[row];
    }
    for (std::size_t k = 0; k < count; ++k) {
      const std::uint32_t* const word = x_groups[groups[k]].word + image;
      Activations x[kVectors];
      for (int v = 0; v < kVectors; ++v) x[v] = activations(word + v * kVectorImages);
#pragma GCC unroll 4
      for (int row = 0; row < Rows; ++row) {
        const Weights weight = weights_of(weights[k * Rows + static_cast<std::size_t>(row)]);
#pragma GCC unroll 8
        for (int v = 0; v < kVectors; ++v) sum[row][v] = add_products(sum[row][v], x[v], weight);
      }
    }
    for (int row = 0; row < Rows; ++row) {
      for (int v = 0; v < kVectors; ++v) {
        std::memcpy(sums + row * kImages + image + v * kVectorImages, &sum[row][v], sizeof(Sums));
      }
    }
  }
}

}  // namespace lacuna::golden::sparse_rows
