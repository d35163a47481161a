// SPDX-License-Identifier: Apache-2.0
#include "sim/sc/sequencer.h"

#include <fmt/format.h>

#include "golden/error.h"

namespace lacuna::sim {
namespace {

constexpr std::size_t kResetCycles = 4;

}  // namespace

ScSequencer::ScSequencer(const sc_core::sc_module_name& name, const ScWorkload& workload,
                         ListSource& x, ScScoreboard& scoreboard, std::uint64_t patience)
    : sc_module(name), workload_(workload), x_(x), scoreboard_(scoreboard), patience_(patience) {}

bool ScSequencer::write_next(ScModel& model) {
  ScInputs& in = model.in;
  const std::size_t seeds = workload_.seeds.size(), codes = workload_.codes.size();
  const std::size_t at = written_++;
  in.seed_we = in.code_we = 0;
  if (at < seeds) {
    const ScSeed& seed = workload_.seeds[at];
    in.seed_we = 1U << seed.set;
    in.seed_index = seed.index;
    in.seed = seed.state;
  } else if (at < seeds + codes) {
    const ScCodeWord& word = workload_.codes[at - seeds];
    in.code_we = 1U << word.layer;
    in.code_bank = word.bank;
    in.code_input = word.input;
    in.codes = word.codes;
  }
  model.configure();
  return at < seeds + codes;
}

void ScSequencer::begin_run() {
  phase_ = Phase::kRun;
  phase_cycle_ = 1;
  x_.load(workload_.runs[run_].x);
  scoreboard_.begin(run_);
  times_.emplace_back();
  waiting_ = 0;
}

void ScSequencer::drive(ScModel& model) {
  ++phase_cycle_;
  if (phase_ == Phase::kReset && phase_cycle_ > kResetCycles) {
    if (loaded_) {
      begin_run();
    } else {
      phase_ = Phase::kLoad;
    }
  }
  model.in.rst_n = phase_ != Phase::kReset;
  if (phase_ == Phase::kReset && !loaded_ && phase_cycle_ == 1) {
    model.in.settings = workload_.settings;
    model.configure();
  }
  if (phase_ == Phase::kLoad && !write_next(model)) {  // once: a reset leaves codes and seeds
    loaded_ = true;
    begin_run();
  }
  const bool faulty = workload_.faults && phase_ == Phase::kRun;
  model.faults = {faulty ? &*workload_.faults : nullptr, 0, phase_cycle_ - 1};
}

void ScSequencer::observe(const ScOutputs& out) {
  if (scoreboard_.checker().mismatch()) {
    sc_core::sc_stop();
    return;
  }
  if (phase_ != Phase::kRun) return;
  const std::uint64_t now = phase_cycle_ - 1;  // since the first offer of x
  ScRunTimes& times = times_.back();
  ++times.cycles[out.cycle_class % kScCycleClasses];
  if (scoreboard_.checker().image() > times.out.size()) times.out.push_back(now);
  if (now + 1 == workload_.runs[run_].reset_after) {
    leave();
    return;
  }
  if (scoreboard_.checker().complete()) {
    if (!x_.empty()) {
      throw CheckFailed(
          fmt::format("engine {}: run {} ended with input left over", workload_.engine.top, run_));
    }
    leave();
    return;
  }
  const std::uint64_t progress =
      scoreboard_.checker().bits() + scoreboard_.checker().images() + x_.next();
  waiting_ = progress == progress_ ? waiting_ + 1 : 0;
  progress_ = progress;
  if (waiting_ > patience_) {
    throw CheckFailed(fmt::format("engine {}: stuck in image {} of run {}: {} cycles without a bit",
                                  workload_.engine.top, scoreboard_.checker().image(), run_,
                                  patience_));
  }
}

void ScSequencer::leave() {
  x_.load({});
  if (++run_ == workload_.runs.size()) {
    sc_core::sc_stop();
    return;
  }
  phase_ = Phase::kReset;
  phase_cycle_ = 0;
}

}  // namespace lacuna::sim
