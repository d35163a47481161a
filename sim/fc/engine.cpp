// SPDX-License-Identifier: Apache-2.0
#include "sim/fc/engine.h"

namespace lacuna::sim {

FcEngineModule::FcEngineModule(const sc_core::sc_module_name& name, FcModel& model)
    : ClockedEngine(name), model_(model) {}

void FcEngineModule::end_of_elaboration() {
  control_ = control.operator->();
  x_ = x.operator->();
  y_ = y.operator->();
}

void FcEngineModule::cycle(std::uint64_t now) {
  FcInputs& in = model_.in;
  control_->drive(model_);
  in.x_valid = x_->offer(now, in.x);
  in.y_ready = y_->ready();
  model_.settle();
  const FcOutputs& out = model_.out;
  if (in.rst_n && in.run) {
    if (in.x_valid && out.x_ready) x_->taken();
    if (in.y_ready && out.y_valid) y_->put(out.y, out.y_last);
  }
  control_->observe(out);
  model_.edge();
}

}  // namespace lacuna::sim
