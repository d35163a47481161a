// SPDX-License-Identifier: Apache-2.0
// The stochastic engine's RTL as a SystemC module.
#pragma once

#include "sim/common/clocked_engine.h"
#include "sim/sc/engine_model.h"
#include "sim/sc/ports.h"

namespace lacuna::sim {

class ScEngineModule : public ClockedEngine {
 public:
  sc_core::sc_port<ScControl> control{"control"};
  sc_core::sc_port<BeatSource> x{"x"};
  sc_core::sc_port<SumSink> y{"y"};

  /// Keeps a reference to `model`.
  ScEngineModule(const sc_core::sc_module_name& name, ScModel& model);

 private:
  void cycle(std::uint64_t now) override;
  void end_of_elaboration() override;

  ScModel& model_;
  // The bound modules, looked up once: sc_port checks its binding at every access.
  ScControl* control_ = nullptr;
  BeatSource* x_ = nullptr;
  SumSink* y_ = nullptr;
};

}  // namespace lacuna::sim
