// SPDX-License-Identifier: Apache-2.0
// Bit-exact integer LSTM layer (docs/lstm.md, "What it computes" and "Numeric formats"; paper P3).
#pragma once

#include <cstdint>
#include <vector>

#include "golden/bundle.h"
#include "golden/columns.h"
#include "golden/events.h"

namespace lacuna::golden {

/// Initial or current state of a batch. Index [unit * batch + stream].
struct LstmState {
  std::vector<std::int8_t> h;   ///< Q0.7, after the threshold
  std::vector<std::int16_t> c;  ///< cell_frac fraction bits
};

/// Every intermediate of one step. Rows are gate-major (row = gate * units + unit), index [row * batch + stream];
/// h_dense is h before the threshold, index [unit * batch + stream].
struct LstmTrace {
  std::vector<std::int32_t> acc_x, acc_h;
  std::vector<std::int16_t> pre, gate;
  std::vector<std::int8_t> h_dense;
};

/// Runs one layer for `batch` streams, one step a call.
class Lstm {
 public:
  /// Keeps a reference to `layer`.
  Lstm(const LstmLayer& layer, int batch);

  /// Begins a sequence. `lengths[b]` steps for stream b (batch entries; more steps than that give h = 0 and hold c).
  /// Without a state: h = c = 0, or the layer's own initial state where it has one.
  void start(const std::vector<int>& lengths);
  void start(const std::vector<int>& lengths, const LstmState& initial);

  /// One step on the columns of x_t; h_{t-1} is taken from the last step. Fills `trace` when given.
  void step(const Columns& x, LstmTrace* trace = nullptr);

  /// The columns of h_t that the next step reads: those not zero in every stream, in order of units.
  const Columns& kept() const { return kept_; }
  const LstmState& state() const { return state_; }
  int steps() const { return step_; }
  const LstmLayer& layer() const { return *layer_; }
  int batch() const { return batch_; }
  /// Counted since construction.
  const LstmEvents& events() const { return events_; }

 private:
  const LstmLayer* layer_;
  int batch_;
  int step_ = 0;
  std::vector<int> lengths_;
  LstmState state_;
  Columns kept_;
  LstmEvents events_;
  std::vector<std::int8_t> columns_x_, columns_h_;   // weights, column-major, for axpy over kept columns
  std::vector<std::int32_t> acc_x_, acc_h_;
};

}  // namespace lacuna::golden
