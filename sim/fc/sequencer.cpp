// SPDX-License-Identifier: Apache-2.0
#include "sim/fc/sequencer.h"

#include <fmt/format.h>

#include "golden/error.h"

namespace lacuna::sim {
namespace {

constexpr std::size_t kResetCycles = 4;

}  // namespace

FcSequencer::FcSequencer(const sc_core::sc_module_name& name, const FcWorkload& workload,
                         ListSource& x, FcScoreboard& scoreboard, std::uint64_t patience)
    : sc_module(name), workload_(workload), x_(x), scoreboard_(scoreboard), patience_(patience) {}

bool FcSequencer::write_next(FcModel& model) {
  FcInputs& in = model.in;
  const std::size_t seeds = workload_.seeds.size(), weights = workload_.weights.size();
  const std::size_t at = written_++;
  in.seed_we = at < seeds;
  in.weight_we = !in.seed_we && at < seeds + weights;
  in.param_we = !in.seed_we && !in.weight_we && at < seeds + weights + workload_.parameters.size();
  if (in.seed_we) {
    in.group = static_cast<std::uint32_t>(at);
    in.seed = workload_.seeds[at];
  } else if (in.weight_we) {
    const FcWeightWord& word = workload_.weights[at - seeds];
    in.group = word.group;
    in.weight_address = word.address;
    in.weight = word.data;
  } else if (in.param_we) {
    in.param_beat = static_cast<std::uint32_t>(at - seeds - weights);
    in.param = workload_.parameters[in.param_beat];
  }
  model.configure();
  return in.seed_we || in.weight_we || in.param_we;
}

void FcSequencer::begin_run() {
  x_.load(workload_.runs[run_].x);
  scoreboard_.checker.begin(run_);
  now_ = {};
  cycle_ = waiting_ = 0;
  phase_ = Phase::kRun;
}

void FcSequencer::drive(FcModel& model) {
  FcInputs& in = model.in;
  switch (phase_) {
    case Phase::kReset:  // in mid-run run_i stays high: the next run begins by the reset alone
      in.rst_n = false;
      if (phase_cycle_ == 0 && !loaded_) {
        in.settings = workload_.settings;
        model.configure();
      }
      if (++phase_cycle_ < kResetCycles) break;
      if (loaded_) {
        begin_run();
      } else {
        phase_ = Phase::kLoad;
      }
      break;
    case Phase::kLoad:  // once: a reset leaves the memories as they are
      in.rst_n = true;
      in.run = false;
      loaded_ = !write_next(model);
      if (loaded_) phase_ = Phase::kPause;
      break;
    case Phase::kPause:
      in.run = false;
      begin_run();
      break;
    case Phase::kRun:
      in.rst_n = true;
      in.run = true;
      break;
  }
}

void FcSequencer::observe(const FcOutputs& out) {
  if (scoreboard_.checker.mismatch()) {
    sc_core::sc_stop();
    return;
  }
  if (phase_ != Phase::kRun || cycle_++ == 0) return;  // the pause or reset itself
  const FcImages& run = workload_.runs[run_];
  const std::uint64_t now = cycle_ - 2;  // since run_i's rise
  ++now_.cycles[out.cycle_class % kFcCycleClasses];
  if (scoreboard_.checker.image() > now_.out.size()) now_.out.push_back(now);
  if (now + 1 == run.reset_after) {
    phase_ = Phase::kReset;
    phase_cycle_ = 0;
    leave();
    return;
  }
  if (scoreboard_.checker.complete()) {
    if (!x_.empty()) {
      throw CheckFailed(
          fmt::format("engine {}: run {} ended with input left over", workload_.engine.top, run_));
    }
    phase_ = Phase::kPause;
    leave();
    return;
  }
  const std::uint64_t progress = scoreboard_.taken() + x_.next();
  waiting_ = progress == progress_ ? waiting_ + 1 : 0;
  progress_ = progress;
  if (waiting_ > patience_) {
    throw CheckFailed(
        fmt::format("engine {}: stuck in image {} of run {}: {} cycles without a beat",
                    workload_.engine.top, scoreboard_.checker.image(), run_, patience_));
  }
}

void FcSequencer::leave() {
  times_.push_back(std::move(now_));
  x_.load({});
  if (++run_ == workload_.runs.size()) sc_core::sc_stop();
}

}  // namespace lacuna::sim
