// SPDX-License-Identifier: Apache-2.0
// Bit flips at a chosen rate in chosen registers, the same ones in golden and in RTL: whether a bit
// is flipped in a clock cycle is a function of seed, place and cycle alone (docs/faults.md).
#pragma once

#include <cstdint>
#include <vector>

namespace lacuna::golden {

/// Which registers are hit, in the encoding of the generated wrappers
/// (sim/cmake/fault_wrapper.cmake).
enum class FaultSite {
  kSums = 0,  ///< every bit of each neuron's sum
  kBits = 1   ///< the stochastic network's bits from layer to layer
};

class Faults {
 public:
  /// @param rates probability with which a bit is wrong in a cycle, 0..1: [layer][bit], lowest bit
  ///              first; bits above the last have the last's
  Faults(FaultSite site, std::uint64_t seed, std::vector<std::vector<double>> rates);
  /// The same rate for every bit of `layers` layers.
  Faults(FaultSite site, std::uint64_t seed, double rate, int layers)
      : Faults(site, seed, std::vector(static_cast<std::size_t>(layers), std::vector{rate})) {}

  FaultSite site() const { return site_; }

  /// The flipped ones of a word's bits. @param word a neuron's sum, or 64 of a layer's bits
  /// @param cycle of the clock in which the register is wrong, from the start of the run
  /// @param bits  of the word, 1..64
  std::uint64_t flips(int layer, int word, std::uint64_t cycle, int bits) const;

 private:
  FaultSite site_;
  std::uint64_t seed_;
  std::vector<std::vector<std::uint64_t>> thresholds_;  ///< of 2^32, [layer][bit]
};

}  // namespace lacuna::golden
