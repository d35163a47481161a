// SPDX-License-Identifier: Apache-2.0
// What is bound to the ports of a shell: one call before and one after the pins settle, each cycle.
#pragma once

#include <systemc>

#include "sim/shell/shell_pins.h"

namespace lacuna::sim {

class ShellPeer : public virtual sc_core::sc_interface {
 public:
  /// Puts what this peer drives into `in`.
  virtual void drive(std::uint64_t cycle, ShellInputs& in) = 0;
  /// What passed in this cycle.
  virtual void observe(std::uint64_t cycle, const ShellInputs& in, const ShellOutputs& out) = 0;
  /// Reset: whatever was on its way is forgotten.
  virtual void reset() = 0;
};

}  // namespace lacuna::sim
