// SPDX-License-Identifier: Apache-2.0
// Sixteen 32-bit numbers side by side, as the compiler's vector extension: the golden model's
// element-wise arithmetic on sixteen units at once. Any processor can run it; AVX-512 does in one
// register.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>

#ifdef __AVX512F__
#include <immintrin.h>
#endif

#include "golden/activation.h"

namespace lacuna::golden {

inline constexpr int kLanes = 16;

using Lanes = std::int32_t __attribute__((vector_size(kLanes * 4)));

/// Half as many 64-bit numbers.
inline constexpr int kLongLanes = kLanes / 2;
using LongLanes = std::int64_t __attribute__((vector_size(kLongLanes * 8)));

using ShortLanes = std::int16_t __attribute__((vector_size(kLanes * 2)));

inline Lanes load_lanes(const std::int32_t* from) {
  Lanes lanes;
  std::memcpy(&lanes, from, sizeof lanes);
  return lanes;
}

inline Lanes load_lanes(const std::int16_t* from) {
  ShortLanes narrow;
  std::memcpy(&narrow, from, sizeof narrow);
  return __builtin_convertvector(narrow, Lanes);
}

/// Stores the low half of every lane.
inline void store_lanes(std::int16_t* to, const Lanes& lanes) {
  const ShortLanes narrow = __builtin_convertvector(lanes, ShortLanes);
  std::memcpy(to, &narrow, sizeof narrow);
}

template <typename Number>
inline LongLanes load_long_lanes(const Number* from) {
  return LongLanes{from[0], from[1], from[2], from[3], from[4], from[5], from[6], from[7]};
}

/// Lanes of two halves, of which every number fits 32 bits.
inline Lanes join(const LongLanes& low, const LongLanes& high) {
  using Half = std::int32_t __attribute__((vector_size(kLongLanes * 4)));
  return __builtin_shufflevector(__builtin_convertvector(low, Half),
                                 __builtin_convertvector(high, Half), 0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
                                 10, 11, 12, 13, 14, 15);
}

template <typename Vector>
inline Vector clamp_lanes(const Vector& value, std::int32_t low, std::int32_t high) {
  const Vector lowest = Vector{} + low, highest = Vector{} + high;
  const Vector above = value < lowest ? lowest : value;
  return above > highest ? highest : above;
}

/// Y[k] and D[k] of the tanh table in one word: Y in the low 16 bits.
constexpr std::array<std::int32_t, kTanhSegments> tanh_words() {
  std::array<std::int32_t, kTanhSegments> words{};
  for (int k = 0; k < kTanhSegments; ++k) {
    words[static_cast<std::size_t>(k)] =
        tanh_slope(k) << 16 | kTanhPoints[static_cast<std::size_t>(k)];
  }
  return words;
}

alignas(64) inline constexpr auto kTanhWords = tanh_words();

inline Lanes tanh_word_lanes(const Lanes& segment) {
#ifdef __AVX512F__
  // Four look-ups in 32 entries each, of which bits 5 and 6 of the segment choose.
  const auto* const table = reinterpret_cast<const __m512i*>(kTanhWords.data());
  const auto index = reinterpret_cast<__m512i>(segment);
  const __mmask16 odd = _mm512_test_epi32_mask(index, _mm512_set1_epi32(32));
  const __mmask16 upper = _mm512_test_epi32_mask(index, _mm512_set1_epi32(64));
  const auto entry = [&](int pair) {
    return _mm512_permutex2var_epi32(_mm512_load_si512(table + 2 * pair), index,
                                     _mm512_load_si512(table + 2 * pair + 1));
  };
  const __m512i lower_half = _mm512_mask_blend_epi32(odd, entry(0), entry(1));
  const __m512i upper_half = _mm512_mask_blend_epi32(odd, entry(2), entry(3));
  return reinterpret_cast<Lanes>(_mm512_mask_blend_epi32(upper, lower_half, upper_half));
#else
  Lanes word;
  for (int lane = 0; lane < kLanes; ++lane) {
    word[lane] = kTanhWords[static_cast<std::size_t>(segment[lane])];
  }
  return word;
#endif
}

/// tanh_q of every lane.
inline Lanes tanh_lanes(const Lanes& m) {
  const Lanes sign = m >> 31;
  const Lanes magnitude = clamp_lanes<Lanes>((m ^ sign) - sign, 0, 32767);
  const Lanes word = tanh_word_lanes(magnitude >> kTanhSegmentBits);
  const Lanes rest = magnitude & ((1 << kTanhSegmentBits) - 1);
  const Lanes line = ((word >> 16) * rest + (1 << (kTanhSegmentBits - 1))) >> kTanhSegmentBits;
  const Lanes y = (word & 0xffff) + line;
  return (y ^ sign) - sign;
}

/// sigmoid_q of every lane.
inline Lanes sigmoid_lanes(const Lanes& pre) { return (tanh_lanes(pre) + kActivationOne) >> 1; }

}  // namespace lacuna::golden
