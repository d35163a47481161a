// SPDX-License-Identifier: Apache-2.0
#include "sim/lstm/scoreboard.h"

#include <fmt/format.h>

#include <algorithm>

namespace lacuna::sim {

std::string Mismatch::str() const {
  return fmt::format(
      "mismatch: engine {}, step {}, unit {}, batch element {}: {} expected {}, got {}", engine,
      step, unit, stream, what, expected, got);
}

void StateChecker::begin(const LstmSequence& sequence, int units) {
  sequence_ = &sequence;
  order_ = beat_order(engine_, units);
  beat_ = step_ = 0;
}

bool StateChecker::differ(const std::string& what, BeatPlace at, int stream, std::int64_t expected,
                          std::int64_t got) {
  mismatch_ = Mismatch{engine_.top, what, static_cast<int>(step_), at.unit, stream, expected, got};
  return false;
}

bool StateChecker::end() {
  if (mismatch_) return false;
  if (complete()) return true;
  return differ("steps delivered", order_[beat_], 0,
                static_cast<std::int64_t>(sequence_->expected.size()),
                static_cast<std::int64_t>(step_));
}

bool StateChecker::check(const Beat& beat) {
  if (mismatch_) return false;
  const StateBeat got = beats_.state(beat);
  if (sequence_ == nullptr || complete())
    return differ("states after the last step", {got.unit, got.group}, 0, 0, 1);
  const BeatPlace place = order_[beat_];
  const int first = place.group * engine_.ew_width;
  if (got.unit != place.unit) return differ("unit of the beat", place, first, place.unit, got.unit);
  if (got.group != place.group)
    return differ("group of the beat", place, first, place.group, got.group);
  const bool last = beat_ + 1 == order_.size();
  if (got.last != last) return differ("last beat of the step", place, first, last, got.last);

  const golden::LstmState& expected = sequence_->expected[step_];
  const auto at = static_cast<std::size_t>(place.unit * engine_.batch + first);
  for (int i = 0; i < engine_.ew_width; ++i) {
    const auto k = static_cast<std::size_t>(i);
    if (got.h[k] != expected.h[at + k])
      return differ("h", place, first + i, expected.h[at + k], got.h[k]);
    if (got.c[k] != expected.c[at + k])
      return differ("c", place, first + i, expected.c[at + k], got.c[k]);
  }
  if (!last) {
    ++beat_;
    return true;
  }
  beat_ = 0;
  ++step_;
  const auto used = std::count_if(sequence_->lengths.begin(), sequence_->lengths.end(),
                                  [](int n) { return n > 0; });
  vectors_ += 2 * static_cast<std::uint64_t>(used);
  return true;
}

}  // namespace lacuna::sim
