// SPDX-License-Identifier: Apache-2.0
// The RTL as a SystemC module: one clocked method moves pins to and from the modules around it.
#pragma once

#include <exception>
#include <systemc>

#include "sim/lstm/engine_model.h"
#include "sim/lstm/ports.h"

namespace lacuna::sim {

class LstmEngineModule : public sc_core::sc_module {
 public:
  sc_core::sc_in_clk clk_i{"clk_i"};
  sc_core::sc_port<Control> control{"control"};
  sc_core::sc_port<BeatSource> start{"start"}, init{"init"}, x{"x"}, weight{"weight"};
  sc_core::sc_port<CommandSink> command{"command"};
  sc_core::sc_port<BeatSink> y{"y"};

  /// Keeps a reference to `model`.
  LstmEngineModule(const sc_core::sc_module_name& name, LstmModel& model);

  std::uint64_t cycles() const { return cycle_; }
  /// Throws what a module threw inside the clocked method, which SystemC would turn into its own
  /// report.
  void rethrow() const;

 private:
  void clock();
  void cycle();
  void end_of_elaboration() override;

  LstmModel& model_;
  std::uint64_t cycle_ = 0;
  std::exception_ptr failure_;
  // The bound modules, looked up once: sc_port checks its binding at every access.
  Control* control_ = nullptr;
  BeatSource *start_ = nullptr, *init_ = nullptr, *x_ = nullptr, *weight_ = nullptr;
  CommandSink* command_ = nullptr;
  BeatSink* y_ = nullptr;
};

}  // namespace lacuna::sim
