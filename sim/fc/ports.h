// SPDX-License-Identifier: Apache-2.0
// The fully-connected engine's ports beyond its input (sim/common/beat_ports.h).
#pragma once

#include <systemc>

#include "sim/common/beat_ports.h"
#include "sim/fc/engine_model.h"

namespace lacuna::sim {

class ActivationSink : public virtual sc_core::sc_interface {
 public:
  /// Whether the last layer's beat is taken in this cycle.
  virtual bool ready() = 0;
  /// A beat that passed, of any layer. @param last y_last_o
  virtual void put(std::size_t layer, const Beat& data, bool last) = 0;
};

/// Reset, configuration, writes of memories, and the end of the run, of all layers.
class FcControl : public virtual sc_core::sc_interface {
 public:
  virtual void begin_cycle() = 0;
  /// Before a layer's pins settle.
  virtual void drive(std::size_t layer, FcModel& model) = 0;
  /// After they have settled: what its engine shows in this cycle.
  virtual void observe(std::size_t layer, const FcOutputs& out) = 0;
  virtual void end_cycle() = 0;
};

}  // namespace lacuna::sim
