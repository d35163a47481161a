// SPDX-License-Identifier: Apache-2.0
// The recurrent engine's RTL as a SystemC module.
#pragma once

#include "sim/common/clocked_engine.h"
#include "sim/lstm/engine_model.h"
#include "sim/lstm/ports.h"

namespace lacuna::sim {

class LstmEngineModule : public ClockedEngine {
 public:
  sc_core::sc_port<Control> control{"control"};
  sc_core::sc_port<BeatSource> start{"start"}, init{"init"}, x{"x"}, weight{"weight"};
  sc_core::sc_port<CommandSink> command{"command"};
  sc_core::sc_port<BeatSink> y{"y"};

  /// Keeps a reference to `model`.
  LstmEngineModule(const sc_core::sc_module_name& name, LstmModel& model);

 private:
  void cycle(std::uint64_t now) override;
  void end_of_elaboration() override;

  LstmModel& model_;
  // The bound modules, looked up once: sc_port checks its binding at every access.
  Control* control_ = nullptr;
  BeatSource *start_ = nullptr, *init_ = nullptr, *x_ = nullptr, *weight_ = nullptr;
  CommandSink* command_ = nullptr;
  BeatSink* y_ = nullptr;
};

}  // namespace lacuna::sim
