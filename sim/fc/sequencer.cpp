// SPDX-License-Identifier: Apache-2.0
#include "sim/fc/sequencer.h"

#include <fmt/format.h>

#include <algorithm>

#include "golden/error.h"

namespace lacuna::sim {
namespace {

constexpr std::size_t kResetCycles = 4;

}  // namespace

FcSequencer::FcSequencer(const sc_core::sc_module_name& name, const FcWorkload& workload,
                         ListSource& x, FcScoreboard& scoreboard, std::uint64_t patience)
    : sc_module(name),
      workload_(workload),
      x_(x),
      scoreboard_(scoreboard),
      patience_(patience),
      written_(workload.layers.size(), 0),
      times_(workload.layers.size()) {}

bool FcSequencer::write_next(std::size_t layer, FcModel& model) {
  const FcLayerWorkload& memories = workload_.layers[layer];
  FcInputs& in = model.in;
  const std::size_t seeds = memories.seeds.size(), weights = memories.weights.size();
  const std::size_t at = written_[layer]++;
  in.seed_we = at < seeds;
  in.weight_we = !in.seed_we && at < seeds + weights;
  in.param_we = !in.seed_we && !in.weight_we && at < seeds + weights + memories.parameters.size();
  if (in.seed_we) {
    in.group = static_cast<std::uint32_t>(at);
    in.seed = memories.seeds[at];
  } else if (in.weight_we) {
    const FcWeightWord& word = memories.weights[at - seeds];
    in.group = word.group;
    in.weight_address = word.address;
    in.weight = word.data;
  } else if (in.param_we) {
    in.param_beat = static_cast<std::uint32_t>(at - seeds - weights);
    in.param = memories.parameters[in.param_beat];
  }
  model.configure();
  return in.seed_we || in.weight_we || in.param_we;
}

void FcSequencer::begin_run() {
  x_.load(workload_.runs[run_].x);
  scoreboard_.begin(run_);
  for (auto& runs : times_) runs.emplace_back();
  waiting_ = 0;
}

void FcSequencer::enter(Phase phase) {
  phase_ = phase;
  phase_cycle_ = 1;
  if (phase == Phase::kRun) begin_run();
}

void FcSequencer::begin_cycle() {
  ++phase_cycle_;
  switch (phase_) {
    case Phase::kReset:  // in mid-run run_i stays high: the next run begins by the reset alone
      if (phase_cycle_ > kResetCycles) enter(loaded_ ? Phase::kRun : Phase::kLoad);
      break;
    case Phase::kLoad:  // once: a reset leaves the memories as they are
      loaded_ = !writing_;
      writing_ = false;
      if (loaded_) enter(Phase::kPause);
      break;
    case Phase::kPause:
      if (phase_cycle_ > 1) enter(Phase::kRun);
      break;
    case Phase::kRun:
      break;
  }
}

void FcSequencer::drive(std::size_t layer, FcModel& model) {
  FcInputs& in = model.in;
  in.rst_n = phase_ != Phase::kReset;
  if (phase_ == Phase::kRun) in.run = true;
  if (phase_ == Phase::kPause || phase_ == Phase::kLoad) in.run = false;
  if (phase_ == Phase::kReset && !loaded_ && phase_cycle_ == 1) {
    in.settings = workload_.layers[layer].settings;
    model.configure();
  }
  if (phase_ == Phase::kLoad && write_next(layer, model)) writing_ = true;
  const bool faulty = workload_.faults && phase_ == Phase::kRun;
  model.faults = {faulty ? &*workload_.faults : nullptr, static_cast<int>(layer), phase_cycle_ - 1};
}

void FcSequencer::observe(std::size_t layer, const FcOutputs& out) {
  if (phase_ == Phase::kRun) ++times_[layer].back().cycles[out.cycle_class % kFcCycleClasses];
}

void FcSequencer::end_cycle() {
  if (scoreboard_.mismatch()) {
    sc_core::sc_stop();
    return;
  }
  if (phase_ != Phase::kRun) return;
  const std::uint64_t now = phase_cycle_ - 1;  // since run_i's rise
  for (std::size_t layer = 0; layer < times_.size(); ++layer) {
    auto& out = times_[layer].back().out;
    if (scoreboard_.checkers()[layer].image() > out.size()) out.push_back(now);
  }
  if (now + 1 == workload_.runs[run_].reset_after) {
    leave(Phase::kReset);
    return;
  }
  if (scoreboard_.complete()) {
    if (!x_.empty()) throw CheckFailed(fmt::format("run {} ended with input left over", run_));
    leave(Phase::kPause);
    return;
  }
  const std::uint64_t progress = scoreboard_.taken() + x_.next();
  waiting_ = progress == progress_ ? waiting_ + 1 : 0;
  progress_ = progress;
  if (waiting_ > patience_) {
    const auto& checkers = scoreboard_.checkers();
    const auto layer = std::find_if_not(checkers.begin(), checkers.end(),
                                        [](const auto& checker) { return checker.complete(); });
    throw CheckFailed(
        fmt::format("layer {} is stuck in image {} of run {}: {} cycles without a beat",
                    layer - checkers.begin(), layer->image(), run_, patience_));
  }
}

void FcSequencer::leave(Phase phase) {
  x_.load({});
  if (++run_ == workload_.runs.size()) {
    sc_core::sc_stop();
    return;
  }
  phase_ = phase;
  phase_cycle_ = 0;
}

}  // namespace lacuna::sim
