// SPDX-License-Identifier: Apache-2.0
// The recurrent engine's ports beyond those of beats (sim/common/beat_ports.h).
#pragma once

#include <cstdint>
#include <systemc>

#include "sim/common/beat_ports.h"
#include "sim/lstm/engine_model.h"

namespace lacuna::sim {

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
