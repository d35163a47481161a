// SPDX-License-Identifier: Apache-2.0
// What an engine's adapter asks of the modules around it: one call a port and cycle instead of
// signals, because a signal's update costs SystemC more than a cycle of the RTL.
#pragma once

#include <cstdint>
#include <systemc>

#include "sim/common/beat.h"

namespace lacuna::sim {

/// Drives a valid/ready port of the engine.
class BeatSource : public virtual sc_core::sc_interface {
 public:
  /// Once a cycle: whether a beat is offered. Fills `data` when a new one is; an offered beat stays
  /// until taken.
  virtual bool offer(std::uint64_t cycle, Beat& data) = 0;
  /// The offered beat passed in this cycle.
  virtual void taken() = 0;
};

/// Takes what the engine puts out.
class BeatSink : public virtual sc_core::sc_interface {
 public:
  virtual bool ready() = 0;
  virtual void put(const Beat& data) = 0;
};

}  // namespace lacuna::sim
