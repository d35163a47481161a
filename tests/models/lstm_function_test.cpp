// SPDX-License-Identifier: Apache-2.0
#include "models/lstm_function.h"

#include <gtest/gtest.h>

#include <vector>

namespace lacuna::models {
namespace {

using torch::Tensor;

constexpr std::uint64_t kSeed = 20260;
constexpr int kSteps = 9, kBatch = 5, kInputs = 6, kUnits = 11;

double largest_difference(const Tensor& a, const Tensor& b) {
  return (a - b).abs().max().item<double>();
}

LstmParameters random_parameters() {
  return {(torch::randn({4 * kUnits, kInputs}) * 0.5).requires_grad_(),
          (torch::randn({4 * kUnits, kUnits}) * 0.5).requires_grad_(),
          (torch::randn({4 * kUnits}) * 0.5).requires_grad_()};
}

LstmState random_state() {
  return {torch::randn({kBatch, kUnits}) * 0.5, torch::randn({kBatch, kUnits})};
}

/// The same layer step by step in plain Torch operations. The gradient of pruning is 1, or
/// attenuated; of what leaves the layer as well, as if it had been pruned there.
Tensor reference_states(const Tensor& input, const LstmParameters& p, LstmState state,
                        float threshold, StraightThrough straight_through) {
  std::vector<Tensor> states;
  for (int t = 0; t < kSteps; ++t) {
    const Tensor pre =
        torch::mm(input[t], p.weight_x.t()) + torch::mm(state.h, p.weight_h.t()) + p.bias;
    const auto gate = pre.chunk(4, 1);
    state.c = torch::sigmoid(gate[1]) * state.c + torch::sigmoid(gate[0]) * torch::tanh(gate[2]);
    const Tensor cell = p.cell_scale.defined() ? p.cell_scale * state.c + p.cell_shift : state.c;
    Tensor h = torch::sigmoid(gate[3]) * torch::tanh(cell);
    if (straight_through == StraightThrough::kAttenuated) {
      const Tensor share = (h.detach().abs() / threshold).clamp_max(1).square();
      h = share * h + ((1 - share) * h).detach();
    }
    states.push_back(h);
    const Tensor zeroed = torch::where(h.abs() < threshold, torch::zeros({}), h);
    state.h = h + (zeroed - h).detach();
  }
  return torch::stack(states);
}

TEST(LstmFunction, EqualsTorchLstmWithoutPruning) {
  torch::manual_seed(kSeed);
  torch::nn::LSTM reference(kInputs, kUnits);
  const auto weights = reference->named_parameters();
  const Tensor x = torch::randn({kSteps, kBatch, kInputs}).requires_grad_();
  const Tensor own_x = x.detach().clone().requires_grad_();
  const LstmState initial = random_state();
  const Tensor wanted = torch::randn({kSteps, kBatch, kUnits});

  const auto [states, last] =
      reference->forward(x, std::make_tuple(initial.h.unsqueeze(0), initial.c.unsqueeze(0)));
  (states * wanted).sum().backward();
  const LstmParameters parameters{
      weights["weight_ih_l0"].detach().clone().requires_grad_(),
      weights["weight_hh_l0"].detach().clone().requires_grad_(),
      (weights["bias_ih_l0"] + weights["bias_hh_l0"]).detach().requires_grad_()};
  const LstmOutput output = lstm(own_x, parameters, initial, 0);
  (output.states * wanted).sum().backward();

  EXPECT_LT(largest_difference(output.states, states), 1e-5);
  EXPECT_LT(largest_difference(output.last.h, std::get<0>(last)[0]), 1e-5);
  EXPECT_LT(largest_difference(output.last.c, std::get<1>(last)[0]), 1e-5);
  EXPECT_LT(largest_difference(own_x.grad(), x.grad()), 1e-4);
  EXPECT_LT(largest_difference(parameters.weight_x.grad(), weights["weight_ih_l0"].grad()), 1e-4);
  EXPECT_LT(largest_difference(parameters.weight_h.grad(), weights["weight_hh_l0"].grad()), 1e-4);
  EXPECT_LT(largest_difference(parameters.bias.grad(), weights["bias_ih_l0"].grad()), 1e-4);
}

class StraightThroughGradient : public testing::TestWithParam<StraightThrough> {};

TEST_P(StraightThroughGradient, IsThatOfTheSameStepsInTorch) {
  constexpr float kThreshold = 0.2F;
  torch::manual_seed(kSeed + 1);
  const LstmParameters parameters = random_parameters();
  LstmParameters copy{parameters.weight_x.detach().clone().requires_grad_(),
                      parameters.weight_h.detach().clone().requires_grad_(),
                      parameters.bias.detach().clone().requires_grad_()};
  const Tensor x = torch::randn({kSteps, kBatch, kInputs});
  LstmState initial = random_state();
  const Tensor wanted = torch::randn({kSteps, kBatch, kUnits});

  const LstmOutput output =
      lstm(x, parameters, initial, kThreshold, Precision::kFloat32, GetParam());
  (output.states * wanted).sum().backward();
  const Tensor expected = reference_states(x, copy, initial, kThreshold, GetParam());
  (expected * wanted).sum().backward();

  const double pruned = output.states.abs().lt(kThreshold).to(torch::kDouble).mean().item<double>();
  ASSERT_GT(pruned, 0.2) << "the threshold must bite for this test to mean something";
  ASSERT_LT(pruned, 0.9);
  EXPECT_LT(largest_difference(output.states, expected), 1e-5);
  EXPECT_LT(largest_difference(parameters.weight_x.grad(), copy.weight_x.grad()), 1e-4);
  EXPECT_LT(largest_difference(parameters.weight_h.grad(), copy.weight_h.grad()), 1e-4);
  EXPECT_LT(largest_difference(parameters.bias.grad(), copy.bias.grad()), 1e-4);
}

INSTANTIATE_TEST_SUITE_P(PlainAndAttenuated, StraightThroughGradient,
                         testing::Values(StraightThrough::kPlain, StraightThrough::kAttenuated));

TEST(LstmFunction, ScaledCellsAndInitialStatesHaveTheGradientsOfTorch) {
  torch::manual_seed(kSeed + 7);
  const auto leaf = [](const Tensor& values) { return values.detach().clone().requires_grad_(); };
  LstmParameters ours = random_parameters();
  ours.cell_scale = leaf(torch::rand({kUnits}) + 0.5);
  ours.cell_shift = leaf(torch::randn({kUnits}) * 0.3);
  const LstmState state = random_state();
  const LstmState begin{leaf(state.h), leaf(state.c)}, copy{leaf(state.h), leaf(state.c)};
  const LstmParameters theirs{leaf(ours.weight_x), leaf(ours.weight_h), leaf(ours.bias),
                              leaf(ours.cell_scale), leaf(ours.cell_shift)};
  const Tensor x = torch::randn({kSteps, kBatch, kInputs});
  const Tensor wanted = torch::randn({kSteps, kBatch, kUnits});

  const LstmOutput output = lstm(x, ours, begin, 0);
  (output.states * wanted).sum().backward();
  const Tensor expected = reference_states(x, theirs, copy, 0, StraightThrough::kPlain);
  (expected * wanted).sum().backward();
  EXPECT_LT(largest_difference(output.states, expected), 1e-5);
  const auto same = [](const Tensor& a, const Tensor& b) {
    return largest_difference(a.grad(), b.grad());
  };
  EXPECT_LT(same(ours.weight_h, theirs.weight_h), 1e-4);
  EXPECT_LT(same(ours.cell_scale, theirs.cell_scale), 1e-4);
  EXPECT_LT(same(ours.cell_shift, theirs.cell_shift), 1e-4);
  EXPECT_LT(same(begin.h, copy.h), 1e-4);
  EXPECT_LT(same(begin.c, copy.c), 1e-4);
}

TEST(LstmFunction, LastStateIsPrunedAndContinuesTheSequence) {
  constexpr float kThreshold = 0.2F;
  torch::manual_seed(kSeed + 2);
  const LstmParameters parameters = random_parameters();
  const Tensor x = torch::randn({kSteps, kBatch, kInputs});
  const LstmState initial = random_state();
  const LstmOutput whole = lstm(x, parameters, initial, kThreshold);
  const LstmOutput first = lstm(x.slice(0, 0, 4), parameters, initial, kThreshold);
  const LstmOutput second = lstm(x.slice(0, 4), parameters, first.last, kThreshold);

  EXPECT_FALSE(
      whole.last.h.abs().gt(0).logical_and(whole.last.h.abs().lt(kThreshold)).any().item<bool>());
  EXPECT_TRUE(torch::equal(torch::cat({first.states, second.states}), whole.states));
  EXPECT_TRUE(torch::equal(second.last.c, whole.last.c));
}

TEST(LstmFunction, TokensAreOneHotVectors) {
  torch::manual_seed(kSeed + 3);
  const LstmParameters parameters = random_parameters();
  const Tensor ids = torch::randint(kInputs, {kSteps, kBatch}, torch::kLong);
  const LstmState initial = random_state();
  const Tensor wanted = torch::randn({kSteps, kBatch, kUnits});

  const auto gradients = [&](const Tensor& input) {
    const LstmOutput output = lstm(input, parameters, initial, 0.1F);
    return torch::autograd::grad({(output.states * wanted).sum()},
                                 {parameters.weight_x, parameters.weight_h, parameters.bias});
  };
  const auto by_token = gradients(ids);
  const auto by_vector = gradients(torch::one_hot(ids, kInputs).to(torch::kFloat));
  for (std::size_t n = 0; n < by_token.size(); ++n) {
    EXPECT_LT(largest_difference(by_token[n], by_vector[n]), 1e-4) << "parameter " << n;
  }
}

TEST(LstmFunction, Bfloat16StaysNearFloat32) {
  torch::manual_seed(kSeed + 4);
  const LstmParameters parameters = random_parameters();
  const Tensor x = torch::randn({kSteps, kBatch, kInputs});
  const LstmState initial = random_state();
  const Tensor wanted = torch::randn({kSteps, kBatch, kUnits});
  const auto gradients = [&](Precision precision) {
    const LstmOutput output = lstm(x, parameters, initial, 0, precision);
    return torch::autograd::grad({(output.states * wanted).sum()},
                                 {parameters.weight_x, parameters.weight_h, parameters.bias});
  };
  const auto exact = gradients(Precision::kFloat32), near = gradients(Precision::kBfloat16);
  for (std::size_t n = 0; n < exact.size(); ++n) {
    const double error = (near[n] - exact[n]).norm().item<double>();
    EXPECT_LT(error, 0.03 * exact[n].norm().item<double>()) << "parameter " << n;
    EXPECT_GT(error, 0) << "bfloat16 was not used";
  }
}

TEST(Prune, ZeroesWhatIsBelowTheThresholdOnly) {
  const Tensor states = torch::tensor({-0.5F, -0.2F, -0.1F, 0.0F, 0.1F, 0.2F, 0.5F});
  EXPECT_TRUE(torch::equal(prune(states, 0.2F),
                           torch::tensor({-0.5F, -0.2F, 0.0F, 0.0F, 0.0F, 0.2F, 0.5F})));
  EXPECT_TRUE(torch::equal(prune(states, 0), states));
}

}  // namespace
}  // namespace lacuna::models
