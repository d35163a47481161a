// SPDX-License-Identifier: Apache-2.0
#include "golden/lstm.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>

#include "golden/error.h"
#include "golden/fixed_point.h"
#include "golden/lanes.h"
#include "golden/parallel.h"

namespace lacuna::golden {
namespace {

constexpr int kGates = 4;
constexpr int kUnits = RowTiles::kTileRows / kGates;  ///< units of a tile
static_assert(kUnits == kLanes);

enum Gate { kInput, kForget, kCell, kOutput };

constexpr int kWordMin = -32768, kWordMax = 32767;
constexpr int kStateMin = -128, kStateMax = 127;

using GateLanes = std::array<Lanes, kGates>;  ///< one number for every gate and unit of a tile

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

/// Pre-activations of one gate.
Lanes preactivate(const std::int32_t* acc_x, const std::int32_t* acc_h, const std::int16_t* scale_x,
                  const std::int16_t* scale_h, const std::int16_t* bias, int shift) {
  const std::int64_t rounding = shift == 0 ? 0 : std::int64_t{1} << (shift - 1);
  const auto half = [&](int first) {
    const LongLanes sum = load_long_lanes(scale_x + first) * load_long_lanes(acc_x + first) +
                          load_long_lanes(scale_h + first) * load_long_lanes(acc_h + first);
    const LongLanes pre = ((sum + rounding) >> shift) + load_long_lanes(bias + first);
    return clamp_lanes(pre, kWordMin, kWordMax);
  };
  return join(half(0), half(kLongLanes));
}

/// c' = sat16(rs((f c << s) + i g, 15 + s)), s = 15 - cell_frac. The inner sum needs 39 bits, so
/// its low s bits are added and shifted out first: floor((f c 2^s + r) / 2^(15+s)) = floor((f c +
/// floor(r / 2^s)) / 2^15).
Lanes next_cell(const GateLanes& gate, const Lanes& c, int cell_frac) {
  const int s = kGateFrac - cell_frac;
  const Lanes rest = (gate[kInput] * gate[kCell] + (1 << (kGateFrac + s - 1))) >> s;
  const Lanes next = (gate[kForget] * c + rest) >> kGateFrac;
  return clamp_lanes(next, kWordMin, kWordMax);
}

/// sat16(rs(scale c', shift) + offset), Q3.12: the normalised cell.
Lanes normalise(const Lanes& cell, const std::int16_t* scale, const std::int16_t* offset,
                int shift) {
  const int rounding = shift == 0 ? 0 : 1 << (shift - 1);
  // A product is at most 2^30, so the rounding of the largest shift still fits.
  const Lanes scaled = (load_lanes(scale) * cell + rounding) >> shift;
  return clamp_lanes<Lanes>(scaled + load_lanes(offset), kWordMin, kWordMax);
}

/// h = sat8(rs(o tanh(c'), 23)), before the threshold.
Lanes next_state(const Lanes& output, const Lanes& tanh_c) {
  constexpr int kShift = 2 * kGateFrac - kStateFrac;
  const Lanes h = (output * tanh_c + (1 << (kShift - 1))) >> kShift;
  return clamp_lanes(h, kStateMin, kStateMax);
}

void fill_trace(LstmTrace& trace, std::ptrdiff_t units, std::ptrdiff_t batch, std::ptrdiff_t tile,
                std::ptrdiff_t stream, const std::int32_t* acc_x, const std::int32_t* acc_h,
                const GateLanes& pre, const GateLanes& gate, const Lanes& state) {
  for (std::ptrdiff_t u = 0; u < std::min<std::ptrdiff_t>(kUnits, units - tile * kUnits); ++u) {
    const std::ptrdiff_t unit = tile * kUnits + u;
    for (std::size_t g = 0; g < kGates; ++g) {
      const auto to = static_cast<std::size_t>(
          (static_cast<std::ptrdiff_t>(g) * units + unit) * batch + stream);
      const std::size_t row = g * kUnits + static_cast<std::size_t>(u);
      trace.acc_x[to] = acc_x[row];
      trace.acc_h[to] = acc_h[row];
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
  weights_x_ = WeightTiles(layer.weight_x, layer.weight_format, order);
  weights_h_ = WeightTiles(layer.weight_h, layer.weight_format, order);
  scale_x_ = in_order(layer.scale_x, order);
  scale_h_ = in_order(layer.scale_h, order);
  bias_ = in_order(layer.bias, order);
  if (layer.cell_norm) {
    norm_scale_ = layer.cell_norm->scale;
    norm_offset_ = layer.cell_norm->offset;
    for (auto* numbers : {&norm_scale_, &norm_offset_}) {
      numbers->resize(static_cast<std::size_t>(weights_h_.tiles() * kUnits), 0);
    }
  }
  const auto states = static_cast<std::size_t>(weights_h_.tiles() * kUnits * batch);
  c_.assign(states, 0);
  h_.assign(states, 0);
  start(std::vector<int>(static_cast<std::size_t>(batch), std::numeric_limits<int>::max()));
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
  const std::ptrdiff_t vector = static_cast<std::ptrdiff_t>(unit / kUnits) * batch_ + stream;
  return static_cast<std::size_t>(vector * kUnits + unit % kUnits);
}

void Lstm::step(const Columns& x, LstmTrace* trace) {
  if (x.batch != batch_ || (x.size() > 0 && x.index.back() >= layer_->inputs)) {
    throw Error(
        layer_->name,
        fmt::format("input of {} streams up to column {} for a layer of {} streams and {} inputs",
                    x.batch, x.size() > 0 ? x.index.back() : 0, batch_, layer_->inputs));
  }
  if (trace != nullptr) {
    const std::size_t states =
        static_cast<std::size_t>(layer_->units) * static_cast<std::size_t>(batch_);
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
#pragma omp parallel for schedule(dynamic) \
    num_threads(worker_threads()) if (work > kMinParallelWork)
  for (int tile = 0; tile < tiles; ++tile) step_tile(tile, grouped_x, grouped_h, trace);
  ++step_;
  kept_ = encode_columns(h_, batch_);
}

void Lstm::count(std::size_t x_columns, std::uint64_t nonzero) {
  const auto units = static_cast<std::uint64_t>(layer_->units);
  const auto batch = static_cast<std::uint64_t>(batch_);
  const std::uint64_t rows = kGates * units, states = units * batch;
  const std::uint64_t columns = x_columns + kept_.size();
  const std::uint64_t skipped = units - kept_.size();
  events_.steps += 1;
  events_.columns += columns;
  events_.columns_skipped += skipped;
  events_.macs += columns * rows * batch;
  events_.macs_nonzero += nonzero * rows;
  events_.macs_skipped += skipped * rows * batch;
  events_.weight_bytes +=
      columns * rows * static_cast<std::uint64_t>(weight_bits(layer_->weight_format)) / 8;
  events_.sum_accesses += 2 * columns * rows * batch + 2 * rows * batch;
  events_.elementwise_multiplies += (layer_->cell_norm ? 12 : 11) * states;
  events_.activations += 5 * states;
  events_.state_accesses += 2 * states;
  events_.list_accesses += 2 * columns;
}

void Lstm::step_tile(int tile, const GroupedColumns& x, const GroupedColumns& h, LstmTrace* trace) {
  constexpr std::ptrdiff_t kRows = RowTiles::kTileRows;
  thread_local std::vector<std::int32_t> sums_x, sums_h;
  sums_x.resize(static_cast<std::size_t>(kRows * batch_));
  sums_h.resize(sums_x.size());
  weights_x_.sum(tile, x, sums_x.data());
  weights_h_.sum(tile, h, sums_h.data());

  const std::int16_t* scale_x = scale_x_.data() + tile * kRows;
  const std::int16_t* scale_h = scale_h_.data() + tile * kRows;
  const std::int16_t* bias = bias_.data() + tile * kRows;
  const std::ptrdiff_t batch = batch_, first = tile * batch * kUnits;
  for (std::ptrdiff_t b = 0; b < batch; ++b) {
    const std::int32_t* acc_x = sums_x.data() + b * kRows;
    const std::int32_t* acc_h = sums_h.data() + b * kRows;
    std::int16_t* c = c_.data() + first + b * kUnits;
    std::int8_t* h_out = h_.data() + first + b;

    GateLanes pre, gate;
    for (std::size_t g = 0; g < kGates; ++g) {
      const std::size_t row = g * kUnits;
      pre[g] = preactivate(acc_x + row, acc_h + row, scale_x + row, scale_h + row, bias + row,
                           layer_->pre_shift);
    }
    gate[kInput] = sigmoid_lanes(pre[kInput]);
    gate[kForget] = sigmoid_lanes(pre[kForget]);
    gate[kCell] = tanh_lanes(pre[kCell] << (kTanhFrac - kPreFrac));
    gate[kOutput] = sigmoid_lanes(pre[kOutput]);
    const Lanes cell = next_cell(gate, load_lanes(c), layer_->cell_frac);
    const Lanes argument = norm_scale_.empty() ? cell << (kTanhFrac - layer_->cell_frac)
                                               : normalise(cell, norm_scale_.data() + tile * kUnits,
                                                           norm_offset_.data() + tile * kUnits,
                                                           layer_->cell_norm->shift);
    const Lanes tanh_c = tanh_lanes(argument);
    Lanes state = next_state(gate[kOutput], tanh_c);
    if (step_ < lengths_[static_cast<std::size_t>(b)]) {
      store_lanes(c, cell);
    } else {
      state = Lanes{};
    }
    if (trace != nullptr) {
      fill_trace(*trace, layer_->units, batch, tile, b, acc_x, acc_h, pre, gate, state);
    }
    const Lanes magnitude = state < 0 ? -state : state;
    const Lanes pruned = magnitude < layer_->threshold ? Lanes{} : state;
    for (std::ptrdiff_t u = 0; u < kUnits; ++u)
      h_out[u * batch] = static_cast<std::int8_t>(pruned[u]);
  }
}

}  // namespace lacuna::golden
