// SPDX-License-Identifier: Apache-2.0
#include "sim/sc/engine.h"

namespace lacuna::sim {

ScEngineModule::ScEngineModule(const sc_core::sc_module_name& name, ScModel& model)
    : ClockedEngine(name), model_(model) {}

void ScEngineModule::end_of_elaboration() {
  control_ = control.operator->();
  x_ = x.operator->();
  y_ = y.operator->();
}

void ScEngineModule::cycle(std::uint64_t now) {
  ScInputs& in = model_.in;
  control_->drive(model_);
  in.x_valid = x_->offer(now, in.x);
  in.y_ready = y_->ready();
  model_.settle();
  const ScOutputs& out = model_.out;
  if (in.rst_n) {
    if (in.x_valid && out.x_ready) x_->taken();
    if (out.stream1.valid) y_->listen(0, out.stream1.bits);
    if (out.stream2.valid) y_->listen(1, out.stream2.bits);
    if (in.y_ready && out.y_valid) y_->put(out.y);
  }
  control_->observe(out);
  model_.edge();
}

}  // namespace lacuna::sim
