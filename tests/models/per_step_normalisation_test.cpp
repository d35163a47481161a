// SPDX-License-Identifier: Apache-2.0
#include "models/per_step_normalisation.h"

#include <gtest/gtest.h>

namespace lacuna::models {
namespace {

using torch::Tensor;

constexpr int kSteps = 5, kBatch = 7, kInputs = 3, kUnits = 4;

NormalisedLstm random_layer() {
  const auto random = [](std::vector<std::int64_t> shape) { return torch::randn(shape); };
  return {{random({4 * kUnits, kInputs}), random({4 * kUnits, kUnits}), random({4 * kUnits}),
           random({kUnits}), random({kUnits})},
          random({4 * kUnits}),
          random({4 * kUnits})};
}

LstmState zero_state() { return {torch::zeros({kBatch, kUnits}), torch::zeros({kBatch, kUnits})}; }

class PerStepNormalisationTest : public testing::Test {
 protected:
  PerStepNormalisationTest() { torch::manual_seed(1); }

  Tensor states(const Tensor& input, const NormalisedLstm& layer, RunMode mode,
                float threshold = 0) {
    return normalisation_.run(input, layer, zero_state(), threshold, mode).states;
  }

  PerStepNormalisation normalisation_{kSteps, kUnits};
};

TEST_F(PerStepNormalisationTest, EvaluationUsesWhatWasCollectedAtThatStep) {
  const NormalisedLstm layer = random_layer();
  const Tensor input = torch::randn({kSteps, kBatch, kInputs});
  const Tensor collected = states(input, layer, RunMode::kCollect);
  EXPECT_TRUE(torch::allclose(states(input, layer, RunMode::kEvaluate), collected, 1e-4, 1e-5));
  // Any other batch is normalised by these statistics, not by its own.
  const Tensor other = torch::randn({kSteps, kBatch, kInputs}) * 3 + 1;
  EXPECT_FALSE(torch::allclose(states(other, layer, RunMode::kEvaluate),
                               states(other, layer, RunMode::kTrain), 1e-2, 1e-2));
}

TEST_F(PerStepNormalisationTest, StepsBeyondTheLastBeginAgain) {
  const NormalisedLstm layer = random_layer();
  const Tensor input = torch::randn({kSteps, kBatch, kInputs});
  states(input, layer, RunMode::kCollect);
  const LstmOutput once = normalisation_.run(input, layer, zero_state(), 0, RunMode::kEvaluate);
  const LstmOutput again = normalisation_.run(input, layer, once.last, 0, RunMode::kEvaluate);
  const Tensor both = states(torch::cat({input, input}), layer, RunMode::kEvaluate);
  EXPECT_TRUE(torch::equal(both, torch::cat({once.states, again.states})));
}

TEST_F(PerStepNormalisationTest, TheSizeOfARowDoesNotMatter) {
  NormalisedLstm layer = random_layer();
  const Tensor input = torch::randn({kSteps, kBatch, kInputs});
  const Tensor before = states(input, layer, RunMode::kTrain);
  layer.lstm.weight_x = layer.lstm.weight_x * torch::linspace(1, 9, 4 * kUnits).unsqueeze(1);
  layer.lstm.weight_h = layer.lstm.weight_h * 4;
  EXPECT_TRUE(torch::allclose(states(input, layer, RunMode::kTrain), before, 1e-2, 1e-2));
}

TEST_F(PerStepNormalisationTest, TheGradientGoesThroughTheStatistics) {
  NormalisedLstm layer = random_layer();
  layer.lstm.weight_h.requires_grad_();
  const Tensor input = torch::randn({kSteps, kBatch, kInputs});
  (states(input, layer, RunMode::kTrain) * torch::randn({kSteps, kBatch, kUnits})).sum().backward();
  // A larger row gives the same states: the gradient does not ask for one.
  const Tensor gradient = layer.lstm.weight_h.grad();
  const Tensor along = (gradient * layer.lstm.weight_h).sum(1);
  EXPECT_GT(gradient.norm().item<double>(), 0.1);
  EXPECT_LT(along.abs().max().item<double>(), 1e-2 * gradient.norm().item<double>());
}

TEST_F(PerStepNormalisationTest, SymbolsAreOneHotInputs) {
  const NormalisedLstm layer = random_layer();
  const Tensor ids = torch::randint(kInputs, {kSteps, kBatch}, torch::kLong);
  const Tensor one_hot = torch::one_hot(ids, kInputs).to(torch::kFloat);
  EXPECT_TRUE(torch::allclose(states(ids, layer, RunMode::kTrain),
                              states(one_hot, layer, RunMode::kTrain), 1e-4, 1e-5));
}

TEST_F(PerStepNormalisationTest, TheRecurrenceSeesPrunedStates) {
  const NormalisedLstm layer = random_layer();
  const Tensor input = torch::randn({kSteps, kBatch, kInputs});
  const Tensor dense = states(input, layer, RunMode::kTrain);
  const Tensor sparse = states(input, layer, RunMode::kTrain, 0.3F);
  EXPECT_TRUE(torch::equal(dense[0], sparse[0])) << "states leave the layer before pruning";
  EXPECT_FALSE(torch::equal(dense[1], sparse[1]));
}

}  // namespace
}  // namespace lacuna::models
