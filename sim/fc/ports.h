// SPDX-License-Identifier: Apache-2.0
// The fully-connected engine's ports beyond its input (sim/common/beat_ports.h).
#pragma once

#include <systemc>

#include "sim/common/beat_ports.h"
#include "sim/fc/engine_model.h"

namespace lacuna::sim {

class ActivationSink : public virtual sc_core::sc_interface {
 public:
  virtual bool ready() = 0;
  /// @param last y_last_o
  virtual void put(const Beat& data, bool last) = 0;
};

/// Reset, configuration, writes of memories, and the end of the run.
class FcControl : public virtual sc_core::sc_interface {
 public:
  /// Before the pins settle.
  virtual void drive(FcModel& model) = 0;
  /// After they have settled: what the engine shows in this cycle.
  virtual void observe(const FcOutputs& out) = 0;
};

}  // namespace lacuna::sim
