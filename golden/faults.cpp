// SPDX-License-Identifier: Apache-2.0
#include "golden/faults.h"

#include <algorithm>

#include "golden/error.h"

namespace lacuna::golden {
namespace {

/// The finalizer of splitmix64 (S. Vigna): every bit of the result depends on every bit of `x`.
std::uint64_t mixed(std::uint64_t x) {
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
  return x ^ (x >> 31);
}

constexpr std::uint64_t kStep = 0x9E3779B97F4A7C15;  // odd, splitmix64's

}  // namespace

Faults::Faults(FaultSite site, std::uint64_t seed, std::vector<std::vector<double>> rates)
    : site_(site), seed_(mixed(seed + kStep)) {
  for (const auto& layer : rates) {
    auto& thresholds = thresholds_.emplace_back();
    for (const double rate : layer) {
      if (!(rate >= 0 && rate <= 1)) throw Error("fault rate", "is not within 0..1");
      thresholds.push_back(static_cast<std::uint64_t>(rate * 0x1p32));
    }
  }
}

std::uint64_t Faults::flips(int layer, int word, std::uint64_t cycle, int bits) const {
  const auto& thresholds = thresholds_[static_cast<std::size_t>(layer)];
  const std::uint64_t place =
      static_cast<std::uint64_t>(layer) << 32 | static_cast<std::uint64_t>(word);
  std::uint64_t state = mixed(mixed(seed_ ^ place) + cycle * kStep);
  std::uint64_t flipped = 0;
  for (int bit = 0; bit < bits; bit += 2) {  // two draws of 32 bits from each number
    const std::uint64_t draws = mixed(state += kStep);
    const auto at = [&](int n) {
      return thresholds[std::min(static_cast<std::size_t>(n), thresholds.size() - 1)];
    };
    if ((draws & 0xFFFFFFFF) < at(bit)) flipped |= std::uint64_t{1} << bit;
    if (bit + 1 < bits && draws >> 32 < at(bit + 1)) flipped |= std::uint64_t{2} << bit;
  }
  return flipped;
}

}  // namespace lacuna::golden
