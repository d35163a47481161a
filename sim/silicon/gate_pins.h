// SPDX-License-Identifier: Apache-2.0
// Ports of a netlist by name, for the adapters that put gates in the place of an engine's RTL.
#pragma once

#include <string>

#include "sim/common/beat.h"
#include "sim/silicon/gate_simulation.h"

namespace lacuna::sim {

class GatePins {
 public:
  /// Keeps a reference; registers and memories begin with random bits of the seed.
  GatePins(GateSimulation& gates, std::uint64_t seed) : gates_(gates) { gates.power_on(seed); }

  void set(const char* port, std::uint32_t value) { gates_.set(gates_.port(port), value); }
  void set(const char* port, const Beat& beat) { gates_.set(gates_.port(port), beat.data()); }
  std::uint32_t get(const char* port) const { return gates_.get(gates_.port(port)); }
  void get(const char* port, Beat& beat) const { gates_.get(gates_.port(port), beat.data()); }

  GateSimulation& gates() { return gates_; }

 private:
  GateSimulation& gates_;
};

}  // namespace lacuna::sim
