// SPDX-License-Identifier: Apache-2.0
#include "models/lstm_function.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <vector>

#include "models/cell_math.h"

namespace lacuna::models {
namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::Variable;
using torch::autograd::variable_list;

template <typename Real>
constexpr at::ScalarType kScalar = std::is_same_v<Real, float> ? at::kFloat : at::kBFloat16;

template <typename Real>
Real* data(const Tensor& tensor) {
  return static_cast<Real*>(tensor.data_ptr());
}

/// What the input adds to the pre-activations: a table indexed by token, or one row a sample.
struct InputRows {
  Tensor rows;  ///< [entries, 4 units]
  Tensor ids;   ///< [steps * batch], or undefined: row = step * batch + sample

  const float* row(std::int64_t sample) const {
    const std::int64_t index = ids.defined() ? ids.data_ptr<std::int64_t>()[sample] : sample;
    return rows.data_ptr<float>() + index * rows.size(1);
  }
};

InputRows input_rows(const Tensor& input, const Tensor& weight_x, const Tensor& bias) {
  if (input.scalar_type() == at::kLong) {
    return {(weight_x.t() + bias).contiguous(), input.contiguous().view({-1})};
  }
  return {at::addmm(bias, input.reshape({-1, input.size(2)}), weight_x.t()), {}};
}

/// Adds every row of `gradient` [rows, columns] to the row of the result that `ids` names (all to
/// row 0 where undefined). Columns are split between threads, so the order of sums is fixed.
template <typename Real>
Tensor sum_rows(const Tensor& gradient, const Tensor& ids, std::int64_t entries) {
  const std::int64_t rows = gradient.size(0), columns = gradient.size(1);
  Tensor result = torch::zeros({entries, columns});
  const Real* source = data<Real>(gradient);
  const std::int64_t* index = ids.defined() ? ids.data_ptr<std::int64_t>() : nullptr;
  float* target = result.data_ptr<float>();
  at::parallel_for(0, columns, 64, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t r = 0; r < rows; ++r) {
      float* to = target + (index ? index[r] : 0) * columns;
      const Real* from = source + r * columns;
#pragma omp simd
      for (std::int64_t k = begin; k < end; ++k) to[k] += widen(from[k]);
    }
  });
  return result;
}

struct Saved {
  Tensor input, weight_x, weight_h, cell_scale, cell_shift, gates, cells, pruned;

  CellAffine affine() const { return {cell_scale.data_ptr<float>(), cell_shift.data_ptr<float>()}; }
};

template <typename Real>
Saved forward_steps(const Tensor& input, const Tensor& weight_x, const Tensor& weight_h,
                    const Tensor& bias, const Tensor& cell_scale, const Tensor& cell_shift,
                    const Tensor& h0, const Tensor& c0, float threshold, Tensor& states) {
  const std::int64_t steps = input.size(0), batch = input.size(1), units = weight_h.size(1);
  const InputRows rows = input_rows(input, weight_x, bias);
  const Tensor recurrent = weight_h.to(kScalar<Real>).t();
  const auto real = torch::dtype(kScalar<Real>);
  Tensor gates = torch::empty({steps, batch, 4 * units});
  Tensor cells = torch::empty({steps + 1, batch, units});
  Tensor pruned = torch::empty({steps + 1, batch, units}, real);
  Tensor product = torch::empty({batch, 4 * units}, real);
  const Saved saved{input, weight_x, weight_h, cell_scale, cell_shift, gates, cells, pruned};
  states = torch::empty({steps, batch, units});
  cells[0].copy_(c0);
  pruned[0].copy_(h0);
  for (std::int64_t t = 0; t < steps; ++t) {
    at::mm_out(product, pruned[t], recurrent);
    at::parallel_for(0, batch, 1, [&](std::int64_t begin, std::int64_t end) {
      for (std::int64_t b = begin; b < end; ++b) {
        const std::int64_t row = t * batch + b, next = row + batch;
        cell_forward(static_cast<int>(units), data<Real>(product) + b * 4 * units, rows.row(row),
                     threshold, saved.affine(), data<float>(cells) + row * units,
                     data<float>(gates) + row * 4 * units, data<float>(cells) + next * units,
                     data<float>(states) + row * units, data<Real>(pruned) + next * units);
      }
    });
  }
  return saved;
}

/// Which gradients somebody asks for, of those that cost a product.
struct Needs {
  bool input, initial_h;
};

template <typename Real>
variable_list backward_steps(const Saved& saved, const Tensor& grad_states, float fade,
                             Needs needs) {
  const std::int64_t steps = saved.gates.size(0), batch = saved.gates.size(1);
  const std::int64_t units = saved.weight_h.size(1), samples = steps * batch;
  const auto real = torch::dtype(kScalar<Real>);
  const Tensor recurrent = saved.weight_h.to(kScalar<Real>);
  const Tensor grad_output = grad_states.contiguous();
  Tensor grad_gates = torch::empty({steps, batch, 4 * units}, real);
  Tensor grad_recurrent = torch::zeros({batch, units}, real);
  Tensor grad_cell = torch::zeros({batch, units}), grad_scale = torch::zeros({batch, units});
  Tensor grad_shift = torch::zeros({batch, units});
  for (std::int64_t t = steps - 1; t >= 0; --t) {
    at::parallel_for(0, batch, 1, [&](std::int64_t begin, std::int64_t end) {
      for (std::int64_t b = begin; b < end; ++b) {
        const std::int64_t row = t * batch + b;
        const CellGradients grad{data<float>(grad_cell) + b * units,
                                 data<float>(grad_scale) + b * units,
                                 data<float>(grad_shift) + b * units};
        cell_backward(static_cast<int>(units), data<float>(saved.gates) + row * 4 * units,
                      saved.affine(), data<float>(saved.cells) + row * units,
                      data<float>(saved.cells) + (row + batch) * units,
                      data<float>(grad_output) + row * units,
                      data<Real>(grad_recurrent) + b * units, fade, grad,
                      data<Real>(grad_gates) + row * 4 * units);
      }
    });
    if (t > 0 || needs.initial_h) at::mm_out(grad_recurrent, grad_gates[t], recurrent);
  }

  const Tensor gates = grad_gates.view({samples, 4 * units});
  const Tensor before = saved.pruned.slice(0, 0, steps).view({samples, units});
  const Tensor grad_weight_h = at::mm(gates.t(), before).to(at::kFloat);
  Tensor grad_input, grad_weight_x, grad_bias;
  if (saved.input.scalar_type() == at::kLong) {
    const Tensor table =
        sum_rows<Real>(gates, saved.input.contiguous().view({-1}), saved.weight_x.size(1));
    grad_weight_x = table.t().contiguous();
    grad_bias = table.sum(0);
  } else {
    const Tensor flat = saved.input.reshape({samples, saved.input.size(2)}).to(kScalar<Real>);
    grad_weight_x = at::mm(gates.t(), flat).to(at::kFloat);
    grad_bias = sum_rows<Real>(gates, {}, 1).view({4 * units});
    if (needs.input) {
      grad_input =
          at::mm(gates, saved.weight_x.to(kScalar<Real>)).to(at::kFloat).view(saved.input.sizes());
    }
  }
  const Tensor grad_h = needs.initial_h ? grad_recurrent.to(at::kFloat) : Tensor();
  return {grad_input,        grad_weight_x,     grad_weight_h, grad_bias,
          grad_scale.sum(0), grad_shift.sum(0), grad_h,        grad_cell};
}

struct LstmFunction : torch::autograd::Function<LstmFunction> {
  static variable_list forward(AutogradContext* context, const Variable& input,
                               const Variable& weight_x, const Variable& weight_h,
                               const Variable& bias, const Variable& cell_scale,
                               const Variable& cell_shift, const Variable& h0, const Variable& c0,
                               double threshold, bool bfloat16, double fade) {
    Tensor states;
    const auto steps = bfloat16 ? forward_steps<Bfloat16> : forward_steps<float>;
    const Saved saved = steps(input, weight_x, weight_h, bias, cell_scale, cell_shift, h0, c0,
                              static_cast<float>(threshold), states);
    context->save_for_backward({input, weight_x, weight_h, cell_scale, cell_shift, saved.gates,
                                saved.cells, saved.pruned});
    context->saved_data["bfloat16"] = bfloat16;
    context->saved_data["fade"] = fade;
    Tensor h = saved.pruned[-1].to(at::kFloat, false, true), c = saved.cells[-1].clone();
    Tensor cells = saved.cells.slice(0, 1);
    context->mark_non_differentiable({h, c, cells});
    return {states, cells, h, c};
  }

  static variable_list backward(AutogradContext* context, const variable_list& gradients) {
    const variable_list kept = context->get_saved_variables();
    const Saved saved{kept[0], kept[1], kept[2], kept[3], kept[4], kept[5], kept[6], kept[7]};
    const auto steps =
        context->saved_data["bfloat16"].toBool() ? backward_steps<Bfloat16> : backward_steps<float>;
    const bool dense = saved.input.scalar_type() != at::kLong;
    variable_list result =
        steps(saved, gradients[0], static_cast<float>(context->saved_data["fade"].toDouble()),
              {dense && context->needs_input_grad(0), context->needs_input_grad(6)});
    result.resize(11);
    return result;
  }
};

struct PruneFunction : torch::autograd::Function<PruneFunction> {
  static Variable forward(AutogradContext*, const Variable& states, double threshold) {
    return at::where(states.abs() < threshold, at::zeros({}), states);
  }
  static variable_list backward(AutogradContext*, const variable_list& gradients) {
    return {gradients[0], {}};
  }
};

}  // namespace

Precision fastest_precision() {
  return __builtin_cpu_supports("avx512bf16") ? Precision::kBfloat16 : Precision::kFloat32;
}

LstmOutput lstm(const Tensor& input, const LstmParameters& parameters, const LstmState& initial,
                float threshold, Precision precision, StraightThrough straight_through) {
  const double fade = straight_through == StraightThrough::kAttenuated ? threshold : 0.0;
  const std::int64_t units = parameters.weight_h.size(1);
  const bool normalised = parameters.cell_scale.defined();
  const variable_list result = LstmFunction::apply(
      input, parameters.weight_x, parameters.weight_h, parameters.bias,
      normalised ? parameters.cell_scale : torch::ones({units}),
      normalised ? parameters.cell_shift : torch::zeros({units}), initial.h, initial.c,
      static_cast<double>(threshold), precision == Precision::kBfloat16, fade);
  return {result[0], result[1], {result[2], result[3]}};
}

Tensor prune(const Tensor& states, float threshold) {
  if (threshold <= 0) return states;
  return PruneFunction::apply(states, static_cast<double>(threshold));
}

}  // namespace lacuna::models
