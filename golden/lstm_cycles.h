// SPDX-License-Identifier: Apache-2.0
// Exact cycle count of the recurrent engine as recurrences over its columns (docs/lstm.md, "Cycle
// equation"): no stalls, a memory that answers every command after a fixed latency with one word a
// cycle.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "golden/columns.h"
#include "golden/lstm_engine.h"

namespace lacuna::golden {

/// Cycles by what they were spent on, as the RTL's cycle_class_o names them.
struct CycleCounts {
  std::uint64_t mac = 0;          ///< a weight word was multiplied
  std::uint64_t weight_wait = 0;  ///< a column is due, its weights have not arrived
  std::uint64_t bank_wait = 0;    ///< the block's sums are still draining
  std::uint64_t turn = 0;         ///< end of a block
  std::uint64_t list_wait =
      0;  ///< no column is known yet: fetch latency, the step's tail, start and end
  std::uint64_t total() const { return mac + weight_wait + bank_wait + turn + list_wait; }
};

/// Follows one sequence. Cycle 0 is the one in which start is accepted; x (and the initial state)
/// are offered from then on, y is always taken.
class LstmCycles {
 public:
  /// @param latency cycles from the acceptance of a command to its first word, at least 1
  LstmCycles(const LstmEngine& engine, const LstmLayout& layout, int units, int latency);

  /// When the beats of an initial state are offered: the first one, and cycles from beat to beat.
  struct InitialBeats {
    int first = 1, interval = 1;
  };

  /// Begins a sequence. With `use_init`, `initial` are the columns of the initial h; its values are
  /// not looked at.
  void start(bool use_init, const Columns& initial, const InitialBeats& beats = {1, 1});
  /// One step: number of columns of x_t, and the columns of h_t it leaves. A dense engine keeps
  /// every unit, whatever `h` says.
  void step(std::size_t x_columns, const Columns& h);
  /// Cycles of busy, from start's acceptance to the last beat of y of the steps so far.
  CycleCounts counts() const;

 private:
  using Cycle = std::int64_t;

  /// A list of columns as the fetch sees it: when each entry can be read, and when the list is
  /// known to be complete.
  struct List {
    std::vector<Cycle> readable;
    Cycle closed = 0;
  };

  void walk(const List& list, int words);
  void mark();
  Cycle issue(Cycle earliest);
  void pop(Cycle when);
  void wait_for(Cycle record, Cycle weights);
  void drain(int first_unit, int units);
  List written_x(std::size_t columns);

  LstmEngine engine_;
  LstmLayout layout_;
  int units_;
  int latency_;
  int visit_to_y_;  ///< cycles from a visit to its beat of y

  // Fetch: next cycle in which it can issue, and the pops that give credits back (one slot a
  // credit).
  Cycle fetch_ = 0;
  std::vector<Cycle> pops_;
  std::size_t issued_ = 0, popped_ = 0;
  // Sequencer: its last busy cycle; when each of the two banks is free, and which is filled.
  Cycle executed_ = 0;
  Cycle bank_free_[2] = {};
  int bank_ = 0;
  // Drain: last visit; first cycle in which the x list of either bank can be written; last x beat.
  Cycle visited_ = 0;
  Cycle x_free_[2] = {};
  int x_bank_ = 0;
  Cycle x_written_ = -1;
  Cycle turned_ = 0;  // end marker of the block; 0 before the first
  InitialBeats initial_beats_;
  List state_;                        // h_{t-1}
  std::vector<Cycle> visit_of_unit_;  // the visit that completes a unit, this step
  CycleCounts counts_;
};

/// Cycles that the multiplications alone need: kept columns x 4 units / lanes, unpadded.
double lstm_roofline(std::uint64_t kept_columns, int units, int lanes);

}  // namespace lacuna::golden
