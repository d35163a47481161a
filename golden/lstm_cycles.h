// SPDX-License-Identifier: Apache-2.0
// Exact cycle count of the recurrent engine as recurrences over its columns (docs/lstm.md, "Cycle equation"): no stalls,
// a memory that answers every command after a fixed latency with one word a cycle.
#pragma once

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
  std::uint64_t list_wait = 0;    ///< no column is known yet: fetch latency, the step's tail, start and end
  std::uint64_t total() const { return mac + weight_wait + bank_wait + turn + list_wait; }
};

class LstmCycles {
 public:
  /// @param latency cycles from the acceptance of a command to its first word, at least 1
  LstmCycles(const LstmEngine& engine, const LstmLayout& layout, int units, int latency);

  /// Begins a sequence of `steps` steps; `initial` are the columns of the initial h, with `use_init`.
  void start(int steps, bool use_init, const Columns& initial);
  /// One step: number of columns of x_t, and the columns of h_t it leaves.
  void step(std::size_t x_columns, const Columns& h);
  /// Cycles from the start's acceptance to the end of busy, of the sequence so far.
  CycleCounts counts() const;
};

/// Cycles that the multiplications alone need: kept columns x 4 units / lanes, unpadded (DESIGN "roofline").
double lstm_roofline(std::uint64_t kept_columns, int units, int lanes);

}  // namespace lacuna::golden
