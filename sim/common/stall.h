// SPDX-License-Identifier: Apache-2.0
// Random pauses of a valid/ready port.
#pragma once

#include <cstdint>

#include "golden/random.h"

namespace lacuna::sim {

/// Pauses with a fixed probability a cycle; costs nothing at probability 0.
class Stall {
 public:
  Stall(double probability, std::uint64_t seed) : probability_(probability), random_(seed) {}

  /// Whether the port pauses in this cycle.
  bool now() { return probability_ > 0 && random_.chance(probability_); }

 private:
  double probability_;
  golden::Random random_;
};

}  // namespace lacuna::sim
