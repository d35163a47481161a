// SPDX-License-Identifier: Apache-2.0
// Compares every h and c of every unit, stream and step with golden, in the order in which the
// engine must deliver them.
#pragma once

#include <optional>
#include <string>
#include <systemc>

#include "sim/common/stall.h"
#include "sim/lstm/beats.h"
#include "sim/lstm/ports.h"
#include "sim/lstm/workload.h"

namespace lacuna::sim {

/// The first difference; `what` says of what, e.g. "h" or "c".
struct Mismatch {
  std::string engine, what;
  int step = 0, unit = 0, stream = 0;
  std::int64_t expected = 0, got = 0;

  /// One line: engine, step, unit, batch element, expected, got.
  std::string str() const;
};

/// The comparison alone, without SystemC: the Icarus flow uses it too.
class StateChecker {
 public:
  explicit StateChecker(const golden::LstmEngine& engine) : beats_(engine), engine_(engine) {}

  /// Expects the states of `sequence`, which must outlive the comparison, from its first step on.
  void begin(const LstmSequence& sequence, int units);
  /// @return false at a difference
  bool check(const Beat& beat);
  /// The engine says that the sequence is over: are all states there? @return false at a difference
  bool end();
  bool complete() const { return sequence_ != nullptr && step_ == sequence_->expected.size(); }

  const std::optional<Mismatch>& mismatch() const { return mismatch_; }
  /// State vectors (h or c of one used stream after one step) compared in full.
  std::uint64_t vectors() const { return vectors_; }
  std::size_t step() const { return step_; }

 private:
  bool differ(const std::string& what, BeatPlace at, int stream, std::int64_t expected,
              std::int64_t got);

  LstmBeats beats_;
  golden::LstmEngine engine_;
  const LstmSequence* sequence_ = nullptr;
  std::vector<BeatPlace> order_;
  std::size_t beat_ = 0, step_ = 0;
  std::uint64_t vectors_ = 0;
  std::optional<Mismatch> mismatch_;
};

/// Takes y, stalling at random.
class Scoreboard : public sc_core::sc_module, public BeatSink {
 public:
  Scoreboard(const sc_core::sc_module_name& name, const golden::LstmEngine& engine, double stall,
             std::uint64_t seed)
      : sc_module(name), checker(engine), stall_(stall, seed) {}

  StateChecker checker;

  bool ready() override { return !stall_.now(); }
  void put(const Beat& data) override {
    ++taken_;
    checker.check(data);
  }
  /// Beats of y taken so far.
  std::uint64_t taken() const { return taken_; }

 private:
  Stall stall_;
  std::uint64_t taken_ = 0;
};

}  // namespace lacuna::sim
