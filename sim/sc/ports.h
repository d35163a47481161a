// SPDX-License-Identifier: Apache-2.0
// The stochastic engine's ports beyond its input (sim/common/beat_ports.h).
#pragma once

#include <systemc>

#include "sim/common/beat_ports.h"
#include "sim/sc/engine_model.h"

namespace lacuna::sim {

/// Takes the sums, and listens to what passes between the layers.
class SumSink : public virtual sc_core::sc_interface {
 public:
  virtual bool ready() = 0;
  virtual void put(const Beat& sums) = 0;
  /// Bits of a hidden layer, 0 or 1, once for each cycle in which they are valid.
  virtual void listen(std::size_t layer, const Beat& bits) = 0;
};

/// Reset, configuration, writes of codes and seeds, and the end of the run.
class ScControl : public virtual sc_core::sc_interface {
 public:
  /// Before the pins settle.
  virtual void drive(ScModel& model) = 0;
  /// After they have settled: what the engine shows in this cycle.
  virtual void observe(const ScOutputs& out) = 0;
};

}  // namespace lacuna::sim
