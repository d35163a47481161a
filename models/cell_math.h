// SPDX-License-Identifier: Apache-2.0
// Element-wise LSTM arithmetic for training, written so that the compiler vectorises it: no branch,
// no call, absolute error of sigmoid and tanh below 1e-6. No Torch here.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>

namespace lacuna::models {

/// Upper half of a float: 8 bits of significand. Halves the traffic of matrix products.
struct Bfloat16 {
  std::uint16_t bits;
};

inline float widen(float value) { return value; }

inline float widen(Bfloat16 value) {
  const std::uint32_t bits = static_cast<std::uint32_t>(value.bits) << 16;
  float result;
  std::memcpy(&result, &bits, sizeof result);
  return result;
}

inline void narrow(float value, float& result) { result = value; }

/// Rounds to nearest, ties to even; the value is finite.
inline void narrow(float value, Bfloat16& result) {
  std::uint32_t bits;
  std::memcpy(&bits, &value, sizeof bits);
  result.bits = static_cast<std::uint16_t>((bits + 0x7fffU + ((bits >> 16) & 1U)) >> 16);
}

/// e^x, relative error below 3e-7, arguments clamped to +-87. 2^n comes from adding n to the
/// exponent, the rest from Cephes' polynomial of degree 6 on +-ln(2)/2.
inline float fast_exp(float x) {
  x = x > 87.0F ? 87.0F : x < -87.0F ? -87.0F : x;
  constexpr float kRound = 12582912.0F;  // 1.5 * 2^23: adding it rounds to an integer
  const float shifted = x * 1.44269504F + kRound;
  const float n = shifted - kRound;
  const float r = (x - n * 0.693359375F) + n * 2.12194440e-4F;
  float p = 1.9875691500e-4F;
  p = p * r + 1.3981999507e-3F;
  p = p * r + 8.3334519073e-3F;
  p = p * r + 4.1665795894e-2F;
  p = p * r + 1.6666665459e-1F;
  p = p * r + 5.0000001201e-1F;
  p = p * r * r + r + 1.0F;
  std::uint32_t bits;
  std::memcpy(&bits, &shifted, sizeof bits);
  const std::uint32_t power = (bits + 127U) << 23;  // the low bits of `shifted` hold n
  float scale;
  std::memcpy(&scale, &power, sizeof scale);
  return p * scale;
}

inline float fast_sigmoid(float x) { return 1.0F / (1.0F + fast_exp(-x)); }
inline float fast_tanh(float x) { return 1.0F - 2.0F / (1.0F + fast_exp(2.0F * x)); }

/// What normalising the cell before its tanh leaves of it: n = scale c + shift, one of each a unit.
struct CellAffine {
  const float* scale;
  const float* shift;
};

/// One sample, one step forward. `product` is W_h h, `input` is W_x x + b, both [4 units], gates in
/// the order i, f, g, o. Writes the activated gates, the cell, the state before pruning and
/// after it: zero where |h| < threshold.
template <typename Real>
void cell_forward(int units, const Real* product, const float* input, float threshold,
                  CellAffine affine, const float* cell_before, float* gates, float* cell,
                  float* state, Real* pruned) {
  const int f = units, g = 2 * units, o = 3 * units;
#pragma omp simd
  for (int u = 0; u < units; ++u) {
    const float gate_i = fast_sigmoid(widen(product[u]) + input[u]);
    const float gate_f = fast_sigmoid(widen(product[f + u]) + input[f + u]);
    const float gate_g = fast_tanh(widen(product[g + u]) + input[g + u]);
    const float gate_o = fast_sigmoid(widen(product[o + u]) + input[o + u]);
    const float c = gate_f * cell_before[u] + gate_i * gate_g;
    const float h = gate_o * fast_tanh(affine.scale[u] * c + affine.shift[u]);
    gates[u] = gate_i;
    gates[f + u] = gate_f;
    gates[g + u] = gate_g;
    gates[o + u] = gate_o;
    cell[u] = c;
    state[u] = h;
    narrow(std::fabs(h) < threshold ? 0.0F : h, pruned[u]);
  }
}

/// Gradients of one sample that go from step to step or grow over them, [units] each.
struct CellGradients {
  float* cell;   ///< of c, from the later step to the earlier
  float* scale;  ///< of the cell's scale, summed over steps
  float* shift;  ///< of its shift, likewise
};

/// One sample, one step backward. `grad_state` comes from the layer's output, `grad_recurrent` from
/// the next step's W_h; their sum is the gradient of the pruned state and, straight through,
/// that of the state. Where |h| is below `fade`, the gradient is scaled by (|h| / fade)^2; 0 scales
/// nothing. Writes the gradient of the pre-activations [4 units].
template <typename Real>
void cell_backward(int units, const float* gates, CellAffine affine, const float* cell_before,
                   const float* cell, const float* grad_state, const Real* grad_recurrent,
                   float fade, CellGradients grad, Real* grad_gates) {
  const int f = units, g = 2 * units, o = 3 * units;
  const float least = fade > 0 ? 0.0F : 1.0F, slope = fade > 0 ? 1.0F / fade : 0.0F;
#pragma omp simd
  for (int u = 0; u < units; ++u) {
    const float gate_i = gates[u], gate_f = gates[f + u], gate_g = gates[g + u];
    const float gate_o = gates[o + u];
    const float squashed = fast_tanh(affine.scale[u] * cell[u] + affine.shift[u]);
    const float share = std::min(1.0F, least + slope * std::fabs(gate_o * squashed));
    const float dh = share * share * (grad_state[u] + widen(grad_recurrent[u]));
    const float dn = dh * gate_o * (1.0F - squashed * squashed);
    const float dc = grad.cell[u] + dn * affine.scale[u];
    narrow(dc * gate_g * gate_i * (1.0F - gate_i), grad_gates[u]);
    narrow(dc * cell_before[u] * gate_f * (1.0F - gate_f), grad_gates[f + u]);
    narrow(dc * gate_i * (1.0F - gate_g * gate_g), grad_gates[g + u]);
    narrow(dh * squashed * gate_o * (1.0F - gate_o), grad_gates[o + u]);
    grad.cell[u] = dc * gate_f;
    grad.scale[u] += dn * cell[u];
    grad.shift[u] += dn;
  }
}

}  // namespace lacuna::models
