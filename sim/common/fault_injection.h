// SPDX-License-Identifier: Apache-2.0
// Bit flips in a Verilated design that was built with the generated wrappers
// (sim/cmake/fault_wrapper.cmake): golden's, in the same clock cycles (golden/faults.h).
#pragma once

#include <cstdint>
#include <string>

#include "golden/error.h"
#include "golden/faults.h"

namespace lacuna::sim {

/// The faults that a design meets in a clock cycle.
struct FaultClock {
  const golden::Faults* faults = nullptr;  ///< none: no bit is flipped
  int layer = 0;                           ///< that the design's first one is of the network
  std::uint64_t cycle = 0;                 ///< of the run, the one that is ending
};

/// Called before a design's rising edge, after which its registers are those of the next cycle.
void announce(const FaultClock& clock);

/// What is wrong where a configuration of that name was to meet faults and has no wrappers.
Error no_wrappers(const std::string& configuration);

}  // namespace lacuna::sim
