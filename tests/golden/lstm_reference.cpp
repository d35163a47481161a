// SPDX-License-Identifier: Apache-2.0
#include "lstm_reference.h"

#include <cmath>
#include <cstdlib>

namespace lacuna::golden {
namespace {

using Integer = std::int64_t;

Integer floor_div(Integer value, Integer divisor) {
  const Integer quotient = value / divisor;
  return value % divisor < 0 ? quotient - 1 : quotient;
}

// rs(v, s) = floor(v / 2^s + 1/2) = floor((2 v + 2^s) / 2^(s + 1))
Integer rs(Integer value, int s) {
  return floor_div(2 * value + (Integer{1} << s), Integer{1} << (s + 1));
}

Integer sat(Integer value, Integer low, Integer high) {
  if (value < low) return low;
  if (value > high) return high;
  return value;
}

Integer sat16(Integer value) { return sat(value, -32768, 32767); }
Integer sat8(Integer value) { return sat(value, -128, 127); }

Integer table(Integer k) {
  const auto y =
      static_cast<Integer>(std::llround(32768.0 * std::tanh(static_cast<double>(k) / 16.0)));
  return y > 32767 ? 32767 : y;
}

Integer t(Integer m) {
  const Integer magnitude = sat(std::llabs(m), 0, 32767);
  const Integer k = magnitude / 256, d = magnitude % 256;
  const Integer y = table(k) + floor_div((table(k + 1) - table(k)) * d + 128, 256);
  return m < 0 ? -y : y;
}

Integer sigmoid(Integer pre) { return floor_div(32768 + t(pre), 2); }

}  // namespace

LstmReference::LstmReference(const LstmLayer& layer)
    : acc_x(static_cast<std::size_t>(4 * layer.units)),
      acc_h(acc_x.size()),
      pre(acc_x.size()),
      gate(acc_x.size()),
      h_dense(static_cast<std::size_t>(layer.units)),
      layer_(layer) {}

void LstmReference::start(const std::vector<Integer>& initial_h,
                          const std::vector<Integer>& initial_c) {
  h = initial_h;
  c = initial_c;
}

void LstmReference::step(const std::vector<Integer>& x, bool over) {
  const int units = layer_.units;
  for (int row = 0; row < 4 * units; ++row) {
    const auto r = static_cast<std::size_t>(row);
    acc_x[r] = acc_h[r] = 0;
    for (int j = 0; j < layer_.inputs; ++j) {
      acc_x[r] += layer_.weight_x(row, j) * x[static_cast<std::size_t>(j)];
    }
    for (int j = 0; j < units; ++j) {
      acc_h[r] += layer_.weight_h(row, j) * h[static_cast<std::size_t>(j)];
    }
    const Integer scaled = layer_.scale_x[r] * acc_x[r] + layer_.scale_h[r] * acc_h[r];
    pre[r] = sat16(rs(scaled, layer_.pre_shift) + layer_.bias[r]);
    const bool is_g = row / units == 2;
    gate[r] = is_g ? t(2 * pre[r]) : sigmoid(pre[r]);
  }
  for (std::size_t u = 0; u < static_cast<std::size_t>(units); ++u) {
    const auto n = static_cast<std::size_t>(units);
    const Integer i = gate[u], f = gate[n + u], g = gate[2 * n + u], o = gate[3 * n + u];
    const Integer forgotten = f * c[u] * (Integer{1} << (15 - layer_.cell_frac));
    const Integer next = sat16(rs(forgotten + i * g, 30 - layer_.cell_frac));
    Integer argument = next * (Integer{1} << (12 - layer_.cell_frac));
    if (layer_.cell_norm) {
      const CellNorm& norm = *layer_.cell_norm;
      argument = sat16(rs(norm.scale[u] * next, norm.shift) + norm.offset[u]);
    }
    h_dense[u] = over ? 0 : sat8(rs(o * t(argument), 23));
    h[u] = std::llabs(h_dense[u]) < layer_.threshold ? 0 : h_dense[u];
    if (!over) c[u] = next;
  }
}

}  // namespace lacuna::golden
