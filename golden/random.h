// SPDX-License-Identifier: Apache-2.0
// Random numbers that are the same on every platform and library: the engine is std::mt19937_64,
// whose output the C++ standard fixes; the distributions are lacuna's own, because the standard
// leaves theirs open.
#pragma once

#include <cstdint>
#include <random>

namespace lacuna::golden {

class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}

  std::uint64_t bits() { return engine_(); }

  /// Evenly from low..high, both included.
  std::int64_t integer(std::int64_t low, std::int64_t high) {
    const std::uint64_t range = static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low);
    std::uint64_t mask = range;
    for (int shift = 1; shift < 64; shift *= 2) mask |= mask >> shift;
    std::uint64_t value = bits() & mask;
    while (value > range) value = bits() & mask;  // below two tries on average
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(low) + value);
  }

  /// Evenly from [0, 1), in steps of 2^-53.
  double uniform() { return static_cast<double>(bits() >> 11) * 0x1p-53; }

  bool chance(double probability) { return uniform() < probability; }

  /// Nearly normal, mean 0, deviation 1, within +-6: the sum of twelve uniform numbers, which needs
  /// no library function.
  double normal() {
    double sum = -6;
    for (int i = 0; i < 12; ++i) sum += uniform();
    return sum;
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace lacuna::golden
