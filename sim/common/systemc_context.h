// SPDX-License-Identifier: Apache-2.0
// A SystemC kernel of its own: SystemC allows one elaboration in a process unless the simulation
// context is renewed.
#pragma once

#include <memory>
#include <systemc>

namespace lacuna::sim {

/// While it lives, modules, clocks and sc_start belong to a fresh context; one at a time. Declare
/// it before the modules.
class SystemcContext {
 public:
  SystemcContext();
  ~SystemcContext();
  SystemcContext(const SystemcContext&) = delete;
  SystemcContext& operator=(const SystemcContext&) = delete;

 private:
  std::unique_ptr<sc_core::sc_simcontext> context_;
};

/// Runs what has been elaborated until a module stops it. @return seconds, those of elaboration not
/// among them
double simulate();

}  // namespace lacuna::sim
