// SPDX-License-Identifier: Apache-2.0
// A beat of any port of any engine as plain words, and its fields bit by bit.
#pragma once

#include <array>
#include <cstdint>

namespace lacuna::sim {

/// Lowest bits first; wide enough for every configuration (100 weights of 12 bits).
using Beat = std::array<std::uint32_t, 38>;

inline constexpr int kBeatBits = 32 * static_cast<int>(std::tuple_size_v<Beat>);

/// Appends fields of up to 32 bits, lowest first.
class BitWriter {
 public:
  void put(std::uint32_t value, int bits) {
    const std::uint64_t masked = value & ((std::uint64_t{1} << bits) - 1);
    const auto word = static_cast<std::size_t>(position_ / 32);
    const int offset = position_ % 32;
    beat_[word] |= static_cast<std::uint32_t>(masked << offset);
    if (offset + bits > 32) beat_[word + 1] |= static_cast<std::uint32_t>(masked >> (32 - offset));
    position_ += bits;
  }
  const Beat& beat() const { return beat_; }

 private:
  Beat beat_{};
  int position_ = 0;
};

/// Takes them off again; keeps a reference to the beat.
class BitReader {
 public:
  explicit BitReader(const Beat& beat) : beat_(beat) {}
  std::uint32_t get(int bits) {
    const auto word = static_cast<std::size_t>(position_ / 32);
    const int offset = position_ % 32;
    std::uint64_t value = beat_[word] >> offset;
    if (offset + bits > 32) value |= static_cast<std::uint64_t>(beat_[word + 1]) << (32 - offset);
    position_ += bits;
    return static_cast<std::uint32_t>(value & ((std::uint64_t{1} << bits) - 1));
  }

 private:
  const Beat& beat_;
  int position_ = 0;
};

}  // namespace lacuna::sim
