// SPDX-License-Identifier: Apache-2.0
// What the beats of the recurrent engine's ports hold, bit for bit (docs/lstm.md, "Interface").
#pragma once

#include "golden/columns.h"
#include "golden/lstm.h"
#include "golden/lstm_engine.h"
#include "sim/lstm/engine_model.h"

namespace lacuna::sim {

/// A beat of y: c and h of streams group x EwWidth .. of one unit.
struct StateBeat {
  bool last = false;  ///< last of the step
  int unit = 0, group = 0;
  std::array<std::int8_t, 8> h{};
  std::array<std::int16_t, 8> c{};
};

/// Which beat of y or init comes when: word by word, within a word group by group, within a group
/// unit by unit.
struct BeatPlace {
  int unit = 0, group = 0;
};
std::vector<BeatPlace> beat_order(const golden::LstmEngine& engine, int units);

/// Packs and unpacks beats for one configuration.
class LstmBeats {
 public:
  /// @throws Error when a port of the configuration is wider than a Beat.
  explicit LstmBeats(const golden::LstmEngine& engine);

  /// `lengths` has one entry a stream of the engine.
  Beat start(const std::vector<int>& lengths, bool use_init) const;
  /// All beats of one step's list; an empty list takes one beat without a column.
  void append_columns(const golden::Columns& columns, std::vector<Beat>& beats) const;
  /// All beats of an initial state, in the order of y.
  std::vector<Beat> initial(const golden::LstmState& state, int units) const;
  Beat parameters(const std::vector<std::uint16_t>& words) const;
  StateBeat state(const Beat& beat) const;
  /// The beat of y that state() takes apart. @param of index [unit * batch + stream]
  Beat state_beat(const golden::LstmState& of, BeatPlace place, bool last) const;

  int start_bits() const { return 1 + 16 * engine_.batch; }
  int column_bits() const { return 2 + index_bits_ + 8 * engine_.batch; }
  int initial_bits() const { return 24 * engine_.ew_width; }
  int state_bits() const { return 1 + index_bits_ + group_bits_ + 24 * engine_.ew_width; }
  int weight_bits() const { return engine_.lanes * engine_.weight_bits; }
  int parameter_bits() const { return 16 * (4 * 3 + (engine_.cell_norm ? 2 : 0)); }

 private:
  golden::LstmEngine engine_;
  int index_bits_, group_bits_;
};

}  // namespace lacuna::sim
