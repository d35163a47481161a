// SPDX-License-Identifier: Apache-2.0
#include "sim/lstm/beats.h"

#include <algorithm>

#include "golden/error.h"

namespace lacuna::sim {
namespace {

constexpr int kLengthBits = 16;

/// Bits that number `count` things, at least one (the RTL's $clog2 with a floor).
int number_bits(int count) {
  int bits = 1;
  while ((1 << bits) < count) ++bits;
  return bits;
}

}  // namespace

std::vector<BeatPlace> beat_order(const golden::LstmEngine& engine, int units) {
  std::vector<BeatPlace> order;
  for (int unit = 0; unit < units; ++unit) {
    for (int group = 0; group < engine.groups(); ++group) order.push_back({unit, group});
  }
  return order;
}

LstmBeats::LstmBeats(const golden::LstmEngine& engine)
    : engine_(engine),
      index_bits_(number_bits(std::max(engine.max_units, engine.max_inputs))),
      group_bits_(number_bits(engine.groups())) {
  const int widest =
      std::max({start_bits(), column_bits(), initial_bits(), state_bits(), weight_bits()});
  if (widest > kBeatBits) {
    throw Error("engine " + engine.top, "has a port of " + std::to_string(widest) + " bits",
                "the platform carries up to " + std::to_string(kBeatBits));
  }
}

Beat LstmBeats::start(const std::vector<int>& lengths, bool use_init) const {
  BitWriter bits;
  for (const int length : lengths) bits.put(static_cast<std::uint32_t>(length), kLengthBits);
  bits.put(use_init, 1);
  return bits.beat();
}

void LstmBeats::append_columns(const golden::Columns& columns, std::vector<Beat>& beats) const {
  const std::size_t count = std::max<std::size_t>(columns.size(), 1);
  for (std::size_t k = 0; k < count; ++k) {
    const bool keep = k < columns.size();
    BitWriter bits;
    for (int stream = 0; stream < engine_.batch; ++stream) {
      bits.put(keep ? static_cast<std::uint8_t>(columns.value(k)[stream]) : 0, 8);
    }
    bits.put(keep ? columns.index[k] : 0, index_bits_);
    bits.put(keep, 1);
    bits.put(k + 1 == count, 1);
    beats.push_back(bits.beat());
  }
}

std::vector<Beat> LstmBeats::initial(const golden::LstmState& state, int units) const {
  std::vector<Beat> beats;
  const auto width = static_cast<std::size_t>(engine_.ew_width);
  for (const BeatPlace& place : beat_order(engine_, units)) {
    const auto at =
        static_cast<std::size_t>(place.unit * engine_.batch + place.group * engine_.ew_width);
    BitWriter bits;
    for (std::size_t i = 0; i < width; ++i) bits.put(static_cast<std::uint8_t>(state.h[at + i]), 8);
    for (std::size_t i = 0; i < width; ++i)
      bits.put(static_cast<std::uint16_t>(state.c[at + i]), 16);
    beats.push_back(bits.beat());
  }
  return beats;
}

Beat LstmBeats::parameters(const std::vector<std::uint16_t>& words) const {
  BitWriter bits;
  for (const auto word : words) bits.put(word, 16);
  return bits.beat();
}

Beat LstmBeats::state_beat(const golden::LstmState& of, BeatPlace place, bool last) const {
  BitWriter bits;
  const auto width = static_cast<std::size_t>(engine_.ew_width);
  const auto at =
      static_cast<std::size_t>(place.unit * engine_.batch + place.group * engine_.ew_width);
  for (std::size_t i = 0; i < width; ++i) bits.put(static_cast<std::uint8_t>(of.h[at + i]), 8);
  for (std::size_t i = 0; i < width; ++i) bits.put(static_cast<std::uint16_t>(of.c[at + i]), 16);
  bits.put(static_cast<std::uint32_t>(place.group), group_bits_);
  bits.put(static_cast<std::uint32_t>(place.unit), index_bits_);
  bits.put(last, 1);
  return bits.beat();
}

StateBeat LstmBeats::state(const Beat& beat) const {
  BitReader bits(beat);
  StateBeat state;
  const auto width = static_cast<std::size_t>(engine_.ew_width);
  for (std::size_t i = 0; i < width; ++i) state.h[i] = static_cast<std::int8_t>(bits.get(8));
  for (std::size_t i = 0; i < width; ++i) state.c[i] = static_cast<std::int16_t>(bits.get(16));
  state.group = static_cast<int>(bits.get(group_bits_));
  state.unit = static_cast<int>(bits.get(index_bits_));
  state.last = bits.get(1) != 0;
  return state;
}

}  // namespace lacuna::sim
