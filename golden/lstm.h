// SPDX-License-Identifier: Apache-2.0
// Bit-exact integer LSTM layer (docs/lstm.md, "What it computes" and "Numeric formats"; paper P3).
#pragma once

#include <cstdint>
#include <vector>

#include "golden/bundle.h"
#include "golden/columns.h"
#include "golden/events.h"
#include "golden/row_sums.h"

namespace lacuna::golden {

/// Initial or current state of a batch. Index [unit * batch + stream].
struct LstmState {
  std::vector<std::int8_t> h;   ///< Q0.7, after the threshold
  std::vector<std::int16_t> c;  ///< cell_frac fraction bits
};

/// Every intermediate of one step. Rows are gate-major (row = gate * units + unit), index [row *
/// batch + stream]; h_dense is h before the threshold, index [unit * batch + stream]. Streams whose
/// length is over have the sums and gates that the engine computes all the same, and h_dense = 0.
struct LstmTrace {
  std::vector<std::int32_t> acc_x, acc_h;
  std::vector<std::int16_t> pre, gate;
  std::vector<std::int8_t> h_dense;
};

/// Runs one layer for `batch` streams, one step a call.
class Lstm {
 public:
  /// Copies what it needs of `layer`'s numbers, and keeps a reference to it for its formats. Begins
  /// a sequence without end.
  Lstm(const LstmLayer& layer, int batch);

  /// Begins a sequence. `lengths[b]` steps for stream b (batch entries; more steps than that give h
  /// = 0 and hold c). Without a state: the layer's own initial state where it has one, else h = c =
  /// 0.
  void start(const std::vector<int>& lengths);
  void start(const std::vector<int>& lengths, const LstmState& initial);

  /// One step on the columns of x_t; h_{t-1} is taken from the last step. Fills `trace` when given.
  /// @throws Error when x has another batch than this, or a column that the layer has not.
  void step(const Columns& x, LstmTrace* trace = nullptr);

  /// The columns of h_t that the next step reads: those not zero in every stream, in order of
  /// units.
  const Columns& kept() const { return kept_; }
  LstmState state() const;
  int steps() const { return step_; }
  const LstmLayer& layer() const { return *layer_; }
  int batch() const { return batch_; }
  /// Counted since construction.
  const LstmEvents& events() const { return events_; }

 private:
  void step_tile(int tile, const GroupedColumns& x, const GroupedColumns& h, LstmTrace* trace);
  void count(std::size_t x_columns, std::uint64_t nonzero);
  std::size_t cell_index(int unit, int stream) const;

  const LstmLayer* layer_;
  int batch_;
  int step_ = 0;
  std::vector<int> lengths_;
  Columns kept_;
  LstmEvents events_;
  // A tile holds the four gates of kTileUnits units, so that it goes from sums to states at once.
  WeightTiles weights_x_, weights_h_;
  std::vector<std::int16_t> scale_x_, scale_h_, bias_;  ///< in the tiles' order of rows
  std::vector<std::int16_t> norm_scale_, norm_offset_;  ///< [tile][unit of the tile]; or empty
  std::vector<std::int16_t> c_;                         ///< [tile][stream][unit of the tile]
  std::vector<std::int8_t> h_;  ///< [unit * batch + stream], after the threshold
};

}  // namespace lacuna::golden
