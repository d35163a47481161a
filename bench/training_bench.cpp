// SPDX-License-Identifier: Apache-2.0
// Training throughput of the pruned LSTM against LibTorch's nn::LSTM: forward and backward at the
// size of the PTB character network, 50 one-hot symbols, 1000 units, batch 64, 100 steps. Both take
// turns, on the same threads, and the best turn of each counts, so that the ratio holds on a busy
// machine too.
#include <benchmark/benchmark.h>
#include <torch/torch.h>

#include <algorithm>
#include <chrono>
#include <limits>

#include "models/lstm_function.h"

namespace {

using namespace lacuna::models;
using torch::Tensor;
using Clock = std::chrono::steady_clock;

constexpr int kSymbols = 50, kUnits = 1000, kBatch = 64, kSteps = 100, kSeed = 1;
constexpr float kThreshold = 0.1F;

template <typename Work>
double seconds(Work work) {
  const auto begin = Clock::now();
  work();
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

/// Arguments: threads, and whether matrix products are in bfloat16.
void training_against_torch(benchmark::State& state) {
  at::set_num_threads(static_cast<int>(state.range(0)));
  const Precision precision = state.range(1) != 0 ? Precision::kBfloat16 : Precision::kFloat32;
  torch::manual_seed(kSeed);
  torch::nn::LSTM reference(kSymbols, kUnits);
  const auto weights = reference->named_parameters();
  const LstmParameters parameters{
      weights["weight_ih_l0"].detach().clone().requires_grad_(),
      weights["weight_hh_l0"].detach().clone().requires_grad_(),
      (weights["bias_ih_l0"] + weights["bias_hh_l0"]).detach().requires_grad_()};
  const Tensor ids = torch::randint(kSymbols, {kSteps, kBatch}, torch::kLong);
  const Tensor one_hot = torch::one_hot(ids, kSymbols).to(torch::kFloat);
  const Tensor gradient = torch::randn({kSteps, kBatch, kUnits});
  const LstmState zero{torch::zeros({kBatch, kUnits}), torch::zeros({kBatch, kUnits})};

  double ours = std::numeric_limits<double>::max(), torch_lstm = ours;
  for (auto _ : state) {
    ours = std::min(ours, seconds([&] {
                      lstm(ids, parameters, zero, kThreshold, precision).states.backward(gradient);
                    }));
    torch_lstm = std::min(
        torch_lstm, seconds([&] { std::get<0>(reference->forward(one_hot)).backward(gradient); }));
  }
  constexpr double kCharacters = 1.0 * kBatch * kSteps;
  state.counters["characters/s"] = kCharacters / ours;
  state.counters["nn::LSTM"] = kCharacters / torch_lstm;
  state.counters["ratio"] = torch_lstm / ours;
}

BENCHMARK(training_against_torch)
    ->ArgNames({"threads", "bfloat16"})
    ->ArgsProduct({{1, 2}, {0, 1}})
    ->Iterations(3)
    ->Unit(benchmark::kSecond)
    ->UseRealTime();

}  // namespace
