// SPDX-License-Identifier: Apache-2.0
#include "sim/lstm/sequencer.h"

#include <fmt/format.h>

#include "golden/error.h"

namespace lacuna::sim {
namespace {

constexpr std::size_t kResetCycles = 4;

}  // namespace

Sequencer::Sequencer(const sc_core::sc_module_name& name, const LstmWorkload& workload,
                     const SequencerPeers& peers, std::uint64_t patience)
    : sc_module(name),
      workload_(workload),
      peers_(peers),
      beats_(workload.engine),
      patience_(patience) {}

void Sequencer::load() {
  const LstmSequence& sequence = workload_.sequences[sequence_];
  peers_.start.load({beats_.start(sequence.lengths, sequence.initial.has_value())});
  std::vector<Beat> initial;
  if (sequence.initial)
    initial = beats_.initial(*sequence.initial, static_cast<int>(workload_.settings.units));
  peers_.init.load(std::move(initial));
  std::vector<Beat> columns;
  for (const auto& x : sequence.x) beats_.append_columns(x, columns);
  peers_.x.load(std::move(columns));
  peers_.scoreboard.checker.begin(sequence, static_cast<int>(workload_.settings.units));
  now_ = {};
  busy_cycles_ = 0;
}

void Sequencer::drive(LstmModel& model) {
  LstmInputs& in = model.in;
  switch (phase_) {
    case Phase::kReset:
      in.rst_n = false;
      if (phase_cycle_ == 0) {
        in.param_we = false;
        in.settings = workload_.settings;
        model.configure();
      }
      if (++phase_cycle_ == kResetCycles) {
        phase_ = Phase::kParameters;
        phase_cycle_ = 0;
      }
      break;
    case Phase::kParameters:
      in.rst_n = true;
      in.param_we = phase_cycle_ < workload_.parameters.size();
      if (in.param_we) {
        in.param_unit = static_cast<std::uint32_t>(phase_cycle_);
        in.param = workload_.parameters[phase_cycle_++];
      } else {
        phase_ = Phase::kRun;
        load();
      }
      break;
    case Phase::kRun:
      break;
  }
}

void Sequencer::observe(const LstmOutputs& out) {
  if (phase_ != Phase::kRun) return;
  if (peers_.scoreboard.checker.mismatch()) {
    sc_core::sc_stop();
    return;
  }
  if (out.busy) {
    was_busy_ = true;
    ++now_[out.cycle_class % kCycleClasses];
    const std::uint64_t reset_after = workload_.sequences[sequence_].reset_after;
    if (++busy_cycles_ == reset_after) {
      leave();
      phase_ = Phase::kReset;
      phase_cycle_ = 0;
      return;
    }
  } else if (was_busy_) {
    if (!peers_.scoreboard.checker.end()) {
      sc_core::sc_stop();
      return;
    }
    if (!peers_.x.empty() || !peers_.init.empty() || !peers_.reader.idle()) {
      throw CheckFailed(fmt::format("engine {}: sequence {} ended with input or weights left over",
                                    workload_.engine.top, sequence_));
    }
    leave();
    if (sequence_ < workload_.sequences.size()) load();
    return;
  }
  const std::uint64_t progress =
      peers_.scoreboard.taken() + peers_.reader.words() + peers_.reader.commands();
  waiting_ = progress == progress_ ? waiting_ + 1 : 0;
  progress_ = progress;
  if (waiting_ > patience_) {
    throw CheckFailed(fmt::format(
        "engine {}: stuck in step {} of sequence {}: {} cycles without a weight word or a state",
        workload_.engine.top, peers_.scoreboard.checker.step(), sequence_, patience_));
  }
}

void Sequencer::leave() {
  counts_.push_back(now_);
  was_busy_ = false;
  waiting_ = 0;
  peers_.start.load({});
  peers_.init.load({});
  peers_.x.load({});
  peers_.reader.clear();
  if (++sequence_ == workload_.sequences.size()) sc_core::sc_stop();
}

}  // namespace lacuna::sim
