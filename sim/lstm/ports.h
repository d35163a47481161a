// SPDX-License-Identifier: Apache-2.0
// What the engine's adapter asks of the modules around it: one call a port and cycle instead of
// signals, because a signal's update costs SystemC more than a cycle of the RTL.
#pragma once

#include <cstdint>
#include <systemc>

#include "sim/lstm/engine_model.h"

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

class CommandSink : public virtual sc_core::sc_interface {
 public:
  virtual bool ready() = 0;
  virtual void put(std::uint64_t cycle, std::uint32_t address, std::uint32_t words) = 0;
};

/// Reset, configuration and parameter writes, and the end of the run.
class Control : public virtual sc_core::sc_interface {
 public:
  /// Before the pins settle.
  virtual void drive(LstmModel& model) = 0;
  /// After they have settled: what the engine shows in this cycle.
  virtual void observe(const LstmOutputs& out) = 0;
};

}  // namespace lacuna::sim
