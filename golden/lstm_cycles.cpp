// SPDX-License-Identifier: Apache-2.0
#include "golden/lstm_cycles.h"

#include <algorithm>

namespace lacuna::golden {
namespace {

// Distances in cycles that the RTL's registers make (docs/lstm.md, "Cycle equation").
constexpr int kIssueToCommand = 2;   // list memory, address
constexpr int kCommandToRecord = 1;  // record queue
constexpr int kTurnToVisit = 2;      // block register, drain
constexpr int kWriteToRead = 1;      // list count

/// Chain head and ten stages, or twelve; in turns four, or five, of four cycles each.
int visit_to_y(const LstmEngine& engine) {
  if (engine.turns() == 1) return engine.cell_norm ? 13 : 11;
  return engine.turns() * (engine.cell_norm ? 6 : 5);
}

}  // namespace

LstmCycles::LstmCycles(const LstmEngine& engine, const LstmLayout& layout, int units, int latency)
    : engine_(engine),
      layout_(layout),
      units_(units),
      latency_(latency),
      visit_to_y_(visit_to_y(engine)),
      pops_(static_cast<std::size_t>(engine.fifo_depth)),
      visit_of_unit_(static_cast<std::size_t>(units)) {}

void LstmCycles::start(bool use_init, const Columns& initial, const InitialBeats& beats) {
  fetch_ = 1;
  std::fill(pops_.begin(), pops_.end(), -1);
  issued_ = popped_ = 0;
  executed_ = visited_ = turned_ = 0;
  bank_free_[0] = bank_free_[1] = 0;
  x_free_[0] = x_free_[1] = 0;
  bank_ = x_bank_ = 0;
  x_written_ = -1;
  counts_ = {};

  state_.readable.clear();
  state_.closed = 1 + kWriteToRead;  // the beat that closes an empty list
  if (use_init) {
    initial_beats_ = beats;
    drain(0, units_);  // the same walk, one beat of the initial state a visit
    for (const auto unit : initial.index)
      state_.readable.push_back(visit_of_unit_[unit] + kWriteToRead);
    state_.closed = visited_ + kWriteToRead;
  }
}

LstmCycles::List LstmCycles::written_x(std::size_t columns) {
  List list;
  x_written_ = std::max(x_written_ + 1, x_free_[x_bank_]);
  for (std::size_t k = 0; k < columns; ++k) {
    if (k > 0) ++x_written_;
    list.readable.push_back(x_written_ + kWriteToRead);
  }
  list.closed = x_written_ + kWriteToRead;  // an empty list takes one beat as well
  return list;
}

void LstmCycles::step(std::size_t x_columns, const Columns& h) {
  const List x = written_x(x_columns);
  int first_unit = 0;
  for (int block = 0; block < layout_.blocks; ++block) {
    const int words = layout_.words_of(block);
    walk(x, words);
    walk(state_, words);
    mark();
    const int block_units = std::min(words * engine_.slots(), units_ - first_unit);
    drain(first_unit, block_units);
    first_unit += block_units;
  }
  x_free_[x_bank_] = fetch_;  // the marker of the last block gives the lists back
  x_bank_ = 1 - x_bank_;

  const auto readable = [this](int unit) {
    return visit_of_unit_[static_cast<std::size_t>(unit)] + visit_to_y_ + kWriteToRead;
  };
  state_.readable.clear();
  if (engine_.skip_zeros) {
    for (const auto unit : h.index) state_.readable.push_back(readable(unit));
  } else {
    for (int unit = 0; unit < units_; ++unit) state_.readable.push_back(readable(unit));
  }
  state_.closed = visited_ + visit_to_y_ + kWriteToRead;
}

// Takes a credit; returns the cycle of issue and makes the next one possible in the cycle after.
LstmCycles::Cycle LstmCycles::issue(Cycle earliest) {
  const Cycle when = std::max({fetch_, earliest, pops_[issued_++ % pops_.size()] + 1});
  fetch_ = when + 1;
  return when;
}

void LstmCycles::pop(Cycle when) {
  executed_ = when;
  pops_[popped_++ % pops_.size()] = when;
}

// Cycles until the sequencer can take a record whose words arrive at `weights`; names each cycle
// that is lost.
void LstmCycles::wait_for(Cycle record, Cycle weights) {
  Cycle now = executed_ + 1;
  const auto lose_until = [&now](Cycle until, std::uint64_t& counter) {
    if (until > now) {
      counter += static_cast<std::uint64_t>(until - now);
      now = until;
    }
  };
  lose_until(record, counts_.list_wait);
  lose_until(bank_free_[bank_], counts_.bank_wait);
  lose_until(weights, counts_.weight_wait);
  executed_ = now - 1;
}

void LstmCycles::walk(const List& list, int words) {
  Cycle last = fetch_ - 1;
  for (const Cycle readable : list.readable) {
    last = issue(readable);
    const Cycle command = last + kIssueToCommand;
    wait_for(command + kCommandToRecord, command + latency_);
    counts_.mac += static_cast<std::uint64_t>(words);
    pop(executed_ + words);
  }
  // The walk ends with the list's last entry, or when the list is known to be complete.
  fetch_ = std::max(list.readable.empty() ? fetch_ : last, list.closed) + 1;
}

void LstmCycles::mark() {
  const Cycle command = issue(0) + kIssueToCommand;
  wait_for(command + kCommandToRecord, 0);
  ++counts_.turn;
  turned_ = executed_ + 1;
  pop(turned_);
}

void LstmCycles::drain(int first_unit, int units) {
  const bool initial = turned_ == 0;
  Cycle visit = initial ? initial_beats_.first : std::max(turned_ + kTurnToVisit, visited_ + 2);
  const int slots = engine_.slots();
  const int groups = engine_.groups();
  const int interval = initial ? initial_beats_.interval : engine_.turns();
  if (!initial) visit = (visit + interval - 1) / interval * interval;  // the end of a stage
  for (int unit = 0; unit < units; ++unit) {
    if (!initial && unit % slots == 0) bank_free_[bank_] = visit + 1;  // a word's sums are loaded
    visit += groups * interval;
    visit_of_unit_[static_cast<std::size_t>(first_unit + unit)] = visit - interval;
  }
  visited_ = visit - interval;
  if (!initial) bank_ = 1 - bank_;
}

CycleCounts LstmCycles::counts() const {
  CycleCounts all = counts_;
  all.list_wait += static_cast<std::uint64_t>(visited_ + visit_to_y_ - executed_);
  return all;
}

double lstm_roofline(std::uint64_t kept_columns, int units, int lanes) {
  return static_cast<double>(kept_columns) * 4.0 * units / lanes;
}

}  // namespace lacuna::golden
