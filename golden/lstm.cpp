// SPDX-License-Identifier: Apache-2.0
#include "golden/lstm.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "golden/activation.h"
#include "golden/error.h"
#include "golden/fixed_point.h"

namespace lacuna::golden {
namespace {

constexpr int kGates = 4;
constexpr int kUnits = RowTiles::kTileRows / kGates;  ///< units of a tile
constexpr int kMinTileWork =
    1 << 16;  ///< multiplications below which threads cost more than they save

enum Gate { kInput, kForget, kCell, kOutput };

using Units32 = std::array<std::int32_t, kUnits>;  ///< one number for every unit of a tile
using GateUnits = std::array<Units32, kGates>;

/// Rows of a tile: gate-major, kUnits neighbouring units.
std::vector<int> tile_order(int units) {
  const int tiles = (units + kUnits - 1) / kUnits;
  std::vector<int> order(static_cast<std::size_t>(tiles * RowTiles::kTileRows), -1);
  for (int unit = 0; unit < units; ++unit) {
    for (int gate = 0; gate < kGates; ++gate) {
      const int position = unit / kUnits * RowTiles::kTileRows + gate * kUnits + unit % kUnits;
      order[static_cast<std::size_t>(position)] = gate * units + unit;
    }
  }
  return order;
}

std::vector<std::int16_t> in_order(const std::vector<std::int16_t>& rows,
                                   const std::vector<int>& order) {
  std::vector<std::int16_t> ordered(order.size(), 0);
  for (std::size_t p = 0; p < order.size(); ++p) {
    if (order[p] >= 0) ordered[p] = rows[static_cast<std::size_t>(order[p])];
  }
  return ordered;
}

constexpr std::int32_t saturate_to(std::int32_t value, std::int32_t low, std::int32_t high) {
  return value < low ? low : value > high ? high : value;
}

/// Pre-activations of one gate.
Units32 preactivate(const std::int32_t* acc_x, const std::int32_t* acc_h,
                    const std::int16_t* scale_x, const std::int16_t* scale_h,
                    const std::int16_t* bias, int shift) {
  const std::int64_t half = shift == 0 ? 0 : std::int64_t{1} << (shift - 1);
  Units32 pre;
  for (int u = 0; u < kUnits; ++u) {
    const std::int64_t sum =
        std::int64_t{scale_x[u]} * acc_x[u] + std::int64_t{scale_h[u]} * acc_h[u];
    pre[u] = static_cast<std::int32_t>(saturate(((sum + half) >> shift) + bias[u], kWordBits));
  }
  return pre;
}

Units32 sigmoid_all(const Units32& pre) {
  Units32 gate;
  for (int u = 0; u < kUnits; ++u) gate[u] = sigmoid_q(pre[u]);
  return gate;
}

/// tanh of value * scale, where scale brings it to Q3.12.
Units32 tanh_all(const Units32& value, int scale) {
  Units32 result;
  for (int u = 0; u < kUnits; ++u) result[u] = tanh_q(value[u] * scale);
  return result;
}

/// c' = sat16(rs((f c << s) + i g, 15 + s)), s = 15 - cell_frac. The inner sum needs 39 bits, so
/// its low s bits are added and shifted out first: floor((f c 2^s + r) / 2^(15+s)) = floor((f c +
/// floor(r / 2^s)) / 2^15).
Units32 next_cell(const GateUnits& gate, const std::int16_t* c, int cell_frac) {
  const int s = kGateFrac - cell_frac;
  const std::int32_t half = 1 << (kGateFrac + s - 1);
  Units32 next;
  for (int u = 0; u < kUnits; ++u) {
    const std::int32_t rest = (gate[kInput][u] * gate[kCell][u] + half) >> s;
    next[u] = saturate_to((gate[kForget][u] * c[u] + rest) >> kGateFrac, -32768, 32767);
  }
  return next;
}

/// h = sat8(rs(o tanh(c'), 23)), before the threshold.
Units32 next_state(const Units32& output, const Units32& tanh_c) {
  constexpr int kShift = 2 * kGateFrac - kStateFrac;
  Units32 h;
  for (int u = 0; u < kUnits; ++u) {
    h[u] = saturate_to((output[u] * tanh_c[u] + (1 << (kShift - 1))) >> kShift, -128, 127);
  }
  return h;
}

void fill_trace(LstmTrace& trace, int units, int batch, int tile, int stream,
                const std::int32_t* acc_x, const std::int32_t* acc_h, const GateUnits& pre,
                const GateUnits& gate, const Units32& state) {
  for (int u = 0; u < std::min(kUnits, units - tile * kUnits); ++u) {
    const int unit = tile * kUnits + u;
    for (int g = 0; g < kGates; ++g) {
      const auto to = static_cast<std::size_t>((g * units + unit) * batch + stream);
      trace.acc_x[to] = acc_x[g * kUnits + u];
      trace.acc_h[to] = acc_h[g * kUnits + u];
      trace.pre[to] = static_cast<std::int16_t>(pre[g][u]);
      trace.gate[to] = static_cast<std::int16_t>(gate[g][u]);
    }
    trace.h_dense[static_cast<std::size_t>(unit * batch + stream)] =
        static_cast<std::int8_t>(state[u]);
  }
}

}  // namespace

Lstm::Lstm(const LstmLayer& layer, int batch) : layer_(&layer), batch_(batch) {
  const std::vector<int> order = tile_order(layer.units);
  weights_x_ = RowTiles(layer.weight_x, order);
  weights_h_ = RowTiles(layer.weight_h, order);
  scale_x_ = in_order(layer.scale_x, order);
  scale_h_ = in_order(layer.scale_h, order);
  bias_ = in_order(layer.bias, order);
  const auto states = static_cast<std::size_t>(weights_h_.tiles() * kUnits * batch);
  c_.assign(states, 0);
  h_.assign(states, 0);
  kept_.batch = batch;
}

void Lstm::start(const std::vector<int>& lengths) {
  const auto batch = static_cast<std::size_t>(batch_);
  const std::size_t states = static_cast<std::size_t>(layer_->units) * batch;
  LstmState initial{std::vector<std::int8_t>(states, 0), std::vector<std::int16_t>(states, 0)};
  for (std::size_t i = 0; i < states; ++i) {
    if (!layer_->initial_h.empty()) initial.h[i] = layer_->initial_h[i / batch];
    if (!layer_->initial_c.empty()) initial.c[i] = layer_->initial_c[i / batch];
  }
  start(lengths, initial);
}

void Lstm::start(const std::vector<int>& lengths, const LstmState& initial) {
  const std::size_t states =
      static_cast<std::size_t>(layer_->units) * static_cast<std::size_t>(batch_);
  if (lengths.size() != static_cast<std::size_t>(batch_) || initial.h.size() != states ||
      initial.c.size() != states) {
    throw Error(layer_->name,
                fmt::format("{} lengths and {} initial states for {} streams of {} units",
                            lengths.size(), initial.h.size(), batch_, layer_->units));
  }
  lengths_ = lengths;
  step_ = 0;
  std::copy(initial.h.begin(), initial.h.end(), h_.begin());
  for (int unit = 0; unit < layer_->units; ++unit) {
    for (int b = 0; b < batch_; ++b) {
      c_[cell_index(unit, b)] = initial.c[static_cast<std::size_t>(unit * batch_ + b)];
    }
  }
  kept_ = encode_columns(h_, batch_);
}

LstmState Lstm::state() const {
  LstmState state;
  state.h.assign(h_.begin(), h_.begin() + layer_->units * batch_);
  for (int unit = 0; unit < layer_->units; ++unit) {
    for (int b = 0; b < batch_; ++b) state.c.push_back(c_[cell_index(unit, b)]);
  }
  return state;
}

std::size_t Lstm::cell_index(int unit, int stream) const {
  return static_cast<std::size_t>((unit / kUnits * batch_ + stream) * kUnits + unit % kUnits);
}

void Lstm::step(const Columns& x, LstmTrace* trace) {
  if (x.batch != batch_ || (x.size() > 0 && x.index.back() >= layer_->inputs)) {
    throw Error(
        layer_->name,
        fmt::format("input of {} streams up to column {} for a layer of {} streams and {} inputs",
                    x.batch, x.size() > 0 ? x.index.back() : 0, batch_, layer_->inputs));
  }
  if (trace != nullptr) {
    const auto states = static_cast<std::size_t>(layer_->units * batch_);
    trace->acc_x.resize(kGates * states);
    trace->acc_h.resize(kGates * states);
    trace->pre.resize(kGates * states);
    trace->gate.resize(kGates * states);
    trace->h_dense.resize(states);
  }
  const GroupedColumns grouped_x(x), grouped_h(kept_);
  count(x.size(), grouped_x.nonzero() + grouped_h.nonzero());
  const int tiles = weights_h_.tiles();
  const std::size_t work = (x.size() + kept_.size() + kUnits) * h_.size() * kGates;
#pragma omp parallel for schedule(static) num_threads(worker_threads()) if (work > kMinTileWork)
  for (int tile = 0; tile < tiles; ++tile) step_tile(tile, grouped_x, grouped_h, trace);
  ++step_;
  kept_ = encode_columns(h_, batch_);
}

void Lstm::count(std::size_t x_columns, std::uint64_t nonzero) {
  const auto rows = static_cast<std::uint64_t>(kGates * layer_->units);
  const auto batch = static_cast<std::uint64_t>(batch_);
  const std::uint64_t states = static_cast<std::uint64_t>(layer_->units) * batch;
  const std::uint64_t columns = x_columns + kept_.size();
  const std::uint64_t skipped = static_cast<std::uint64_t>(layer_->units) - kept_.size();
  events_.steps += 1;
  events_.columns += columns;
  events_.columns_skipped += skipped;
  events_.macs += columns * rows * batch;
  events_.macs_nonzero += nonzero * rows;
  events_.macs_skipped += skipped * rows * batch;
  events_.weight_bytes += columns * rows;
  events_.sum_accesses += 2 * columns * rows * batch + 2 * rows * batch;
  events_.elementwise_multiplies += 11 * states;
  events_.activations += 5 * states;
  events_.state_accesses += 2 * states;
  events_.list_accesses += 2 * columns;
}

void Lstm::step_tile(int tile, const GroupedColumns& x, const GroupedColumns& h, LstmTrace* trace) {
  constexpr int kRows = RowTiles::kTileRows;
  thread_local std::vector<std::int32_t> sums_x, sums_h;
  sums_x.resize(static_cast<std::size_t>(kRows * batch_));
  sums_h.resize(sums_x.size());
  weights_x_.sum(tile, x, sums_x.data());
  weights_h_.sum(tile, h, sums_h.data());

  const std::int16_t* scale_x = scale_x_.data() + tile * kRows;
  const std::int16_t* scale_h = scale_h_.data() + tile * kRows;
  const std::int16_t* bias = bias_.data() + tile * kRows;
  for (int b = 0; b < batch_; ++b) {
    const std::int32_t* acc_x = sums_x.data() + b * kRows;
    const std::int32_t* acc_h = sums_h.data() + b * kRows;
    std::int16_t* c = c_.data() + (tile * batch_ + b) * kUnits;
    std::int8_t* h_out = h_.data() + tile * kUnits * batch_ + b;

    GateUnits pre, gate;
    for (int g = 0; g < kGates; ++g) {
      const int row = g * kUnits;
      pre[g] = preactivate(acc_x + row, acc_h + row, scale_x + row, scale_h + row, bias + row,
                           layer_->pre_shift);
    }
    gate[kInput] = sigmoid_all(pre[kInput]);
    gate[kForget] = sigmoid_all(pre[kForget]);
    gate[kCell] = tanh_all(pre[kCell], 1 << (kTanhFrac - kPreFrac));
    gate[kOutput] = sigmoid_all(pre[kOutput]);
    const Units32 cell = next_cell(gate, c, layer_->cell_frac);
    Units32 state = next_state(gate[kOutput], tanh_all(cell, 1 << (kTanhFrac - layer_->cell_frac)));
    const bool over = step_ >= lengths_[static_cast<std::size_t>(b)];
    if (over) state.fill(0);
    if (trace != nullptr)
      fill_trace(*trace, layer_->units, batch_, tile, b, acc_x, acc_h, pre, gate, state);
    for (int u = 0; u < kUnits; ++u) {
      if (!over) c[u] = static_cast<std::int16_t>(cell[u]);
      h_out[u * batch_] =
          static_cast<std::int8_t>(std::abs(state[u]) < layer_->threshold ? 0 : state[u]);
    }
  }
}

}  // namespace lacuna::golden
