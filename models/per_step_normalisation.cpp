// SPDX-License-Identifier: Apache-2.0
#include "models/per_step_normalisation.h"

#include "models/normalisation.h"

namespace lacuna::models {
namespace {

using torch::Tensor;

/// gamma (v - mean) / deviation, of the batch v [samples, columns] or of `moments`.
Tensor normalised(const Tensor& v, const Tensor& gamma, RunningMoments& moments, RunMode mode) {
  const bool own = mode != RunMode::kEvaluate;
  if (mode == RunMode::kCollect) moments.observe(v);
  const Tensor mean = own ? v.mean(0) : moments.mean();
  const Tensor variance = own ? (v - mean).square().mean(0) : moments.variance();
  return gamma * torch::rsqrt(variance + kNormalisationEpsilon) * (v - mean);
}

}  // namespace

PerStepNormalisation::PerStepNormalisation(std::int64_t steps, std::int64_t units) {
  for (std::int64_t t = 0; t < steps; ++t) {
    steps_.push_back({RunningMoments(4 * units), RunningMoments(4 * units), RunningMoments(units)});
  }
}

LstmOutput PerStepNormalisation::run(const Tensor& input, const NormalisedLstm& layer,
                                     const LstmState& initial, float threshold, RunMode mode) {
  const LstmParameters& lstm = layer.lstm;
  const bool symbols = input.scalar_type() == torch::kLong;
  const Tensor by_x = lstm.weight_x.t(), by_h = lstm.weight_h.t();
  std::vector<Tensor> states, cells;
  Tensor h = initial.h, c = initial.c;
  for (std::int64_t t = 0; t < input.size(0); ++t) {
    Moments& moments = steps_[static_cast<std::size_t>(t) % steps_.size()];
    const Tensor x = symbols ? by_x.index_select(0, input[t]) : torch::mm(input[t], by_x);
    const Tensor pre = normalised(x, layer.gamma_x, moments.x, mode) +
                       normalised(torch::mm(h, by_h), layer.gamma_h, moments.h, mode) + lstm.bias;
    const std::vector<Tensor> gate = pre.chunk(4, 1);  // i, f, g, o
    c = torch::sigmoid(gate[1]) * c + torch::sigmoid(gate[0]) * torch::tanh(gate[2]);
    cells.push_back(c);
    states.push_back(
        torch::sigmoid(gate[3]) *
        torch::tanh(normalised(c, lstm.cell_scale, moments.cell, mode) + lstm.cell_shift));
    h = prune(states.back(), threshold);
  }
  return {torch::stack(states), torch::stack(cells).detach(), {h.detach(), c.detach()}};
}

void PerStepNormalisation::restart() {
  for (Moments& step : steps_) {
    for (RunningMoments* moments : {&step.x, &step.h, &step.cell}) moments->restart();
  }
}

}  // namespace lacuna::models
