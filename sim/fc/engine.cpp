// SPDX-License-Identifier: Apache-2.0
#include "sim/fc/engine.h"

#include <utility>

namespace lacuna::sim {
namespace {

/// The lower byte of every output of 16 bits, which relu has clamped to 0..127.
void narrow(const Beat& y, Beat& x) {
  for (std::size_t word = 0; 2 * word + 1 < y.size(); ++word) {
    const std::uint32_t low = y[2 * word], high = y[2 * word + 1];
    x[word] = (low & 0xFF) | (low >> 8 & 0xFF00) | (high & 0xFF) << 16 | (high & 0xFF0000) << 8;
  }
}

}  // namespace

FcChainModule::FcChainModule(const sc_core::sc_module_name& name, std::vector<FcModel*> models,
                             double stall, std::uint64_t seed)
    : ClockedEngine(name), models_(std::move(models)) {
  for (std::size_t layer = 0; layer < models_.size(); ++layer)
    links_.emplace_back(stall, seed + 33 * layer);
}

void FcChainModule::end_of_elaboration() {
  control_ = control.operator->();
  x_ = x.operator->();
  y_ = y.operator->();
}

bool FcChainModule::offer_x(std::size_t layer, std::uint64_t now) {
  Beat& beat = models_[layer]->in.x;
  if (layer == 0) return x_->offer(now, beat);
  const FcOutputs& before = models_[layer - 1]->out;
  if (!links_[layer].offer(before)) return false;
  narrow(before.y, beat);
  return true;
}

void FcChainModule::x_taken(std::size_t layer) {
  if (layer == 0) {
    x_->taken();
  } else {
    links_[layer].taken();
  }
}

// From the last engine to the first. What an engine puts out are registers, so its y is known
// before its turn; whether the next one takes it is known once that one's pins have settled.
void FcChainModule::cycle(std::uint64_t now) {
  control_->begin_cycle();
  bool y_ready = y_->ready();
  for (std::size_t layer = models_.size(); layer-- > 0;) {
    FcModel& model = *models_[layer];
    control_->drive(layer, model);
    model.in.y_ready = y_ready;
    model.in.x_valid = offer_x(layer, now);
    model.settle();
    const bool running = model.in.rst_n && model.in.run;
    if (running && y_ready && model.out.y_valid) y_->put(layer, model.out.y, model.out.y_last);
    y_ready = running && model.in.x_valid && model.out.x_ready;
    if (y_ready) x_taken(layer);
    control_->observe(layer, model.out);
    model.edge();
  }
  control_->end_cycle();
}

}  // namespace lacuna::sim
