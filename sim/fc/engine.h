// SPDX-License-Identifier: Apache-2.0
// The fully-connected engine's RTL as a SystemC module.
#pragma once

#include "sim/common/clocked_engine.h"
#include "sim/fc/engine_model.h"
#include "sim/fc/ports.h"

namespace lacuna::sim {

class FcEngineModule : public ClockedEngine {
 public:
  sc_core::sc_port<FcControl> control{"control"};
  sc_core::sc_port<BeatSource> x{"x"};
  sc_core::sc_port<ActivationSink> y{"y"};

  /// Keeps a reference to `model`.
  FcEngineModule(const sc_core::sc_module_name& name, FcModel& model);

 private:
  void cycle(std::uint64_t now) override;
  void end_of_elaboration() override;

  FcModel& model_;
  // The bound modules, looked up once: sc_port checks its binding at every access.
  FcControl* control_ = nullptr;
  BeatSource* x_ = nullptr;
  ActivationSink* y_ = nullptr;
};

}  // namespace lacuna::sim
