// SPDX-License-Identifier: Apache-2.0
// Faults of the stochastic network: when lac_integral_dnn's registers hold which bit of a stream
// (docs/sc.md, "Time"; docs/faults.md).
#pragma once

#include <cstdint>

#include "golden/faults.h"
#include "golden/sc/streams.h"

namespace lacuna::golden {

/// Bits of a neuron's sum: -integral (inputs + 1)..integral (inputs + 1).
constexpr int sc_sum_bits(int inputs, int integral) {
  int bits = 1;
  while (1 << (bits - 1) <= integral * (inputs + 1)) ++bits;
  return bits;
}

/// The faults that one image meets.
class ScImageFaults {
 public:
  /// Keeps a reference. @param start cycle of the run in which the image starts
  ScImageFaults(const Faults& faults, std::uint64_t start) : faults_(&faults), start_(start) {}

  /// A neuron's sum of a stream's cycle as its register shows it. @param bits sc_sum_bits()
  std::int32_t sum(std::int32_t value, int layer, int output, int cycle, int bits) const {
    if (faults_->site() != FaultSite::kSums) return value;
    const auto flips =
        static_cast<std::uint32_t>(faults_->flips(layer, output, clock(layer, cycle) + kSum, bits));
    const int unused = 32 - bits;
    return static_cast<std::int32_t>((static_cast<std::uint32_t>(value) ^ flips) << unused) >>
           unused;
  }

  /// Whether the bit that a neuron of a hidden layer sends in a stream's cycle is wrong.
  bool bit(int layer, int output, int cycle, int outputs) const {
    if (faults_->site() != FaultSite::kBits) return false;
    const int first = output / 64 * 64, bits = outputs - first < 64 ? outputs - first : 64;
    return (faults_->flips(layer, output / 64, clock(layer, cycle) + kBit, bits) >>
                (output - first) &
            1) != 0;
  }

 private:
  /// In which a layer takes the bits of a stream's cycle.
  std::uint64_t clock(int layer, int cycle) const {
    return start_ + 1 + static_cast<std::uint64_t>(cycle + kScLayerDelay * layer);
  }

  static constexpr std::uint64_t kSum = 2, kBit = 3;  ///< cycles until the register holds it
  const Faults* faults_;
  std::uint64_t start_;
};

}  // namespace lacuna::golden
