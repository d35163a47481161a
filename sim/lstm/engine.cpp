// SPDX-License-Identifier: Apache-2.0
#include "sim/lstm/engine.h"

namespace lacuna::sim {

LstmEngineModule::LstmEngineModule(const sc_core::sc_module_name& name, LstmModel& model)
    : ClockedEngine(name), model_(model) {}

void LstmEngineModule::end_of_elaboration() {
  control_ = control.operator->();
  start_ = start.operator->();
  init_ = init.operator->();
  x_ = x.operator->();
  weight_ = weight.operator->();
  command_ = command.operator->();
  y_ = y.operator->();
}

void LstmEngineModule::cycle(std::uint64_t now) {
  LstmInputs& in = model_.in;
  control_->drive(model_);
  in.start_valid = start_->offer(now, in.start);
  in.init_valid = init_->offer(now, in.init);
  in.x_valid = x_->offer(now, in.x);
  in.weight_valid = weight_->offer(now, in.weight);
  in.cmd_ready = command_->ready();
  in.y_ready = y_->ready();
  model_.settle();
  const LstmOutputs& out = model_.out;
  if (in.rst_n) {
    if (in.start_valid && out.start_ready) start_->taken();
    if (in.init_valid && out.init_ready) init_->taken();
    if (in.x_valid && out.x_ready) x_->taken();
    if (in.weight_valid && out.weight_ready) weight_->taken();
    if (in.cmd_ready && out.cmd_valid) command_->put(now, out.cmd_address, out.cmd_words);
    if (in.y_ready && out.y_valid) y_->put(out.y);
  }
  control_->observe(out);
  model_.edge();
}

}  // namespace lacuna::sim
