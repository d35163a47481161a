// SPDX-License-Identifier: Apache-2.0
// The golden recurrent layer against LibTorch's float nn::LSTM at the size of the PTB character
// network: 50 one-hot symbols, 1000 units. Both run in turns, on the same number of threads, so
// that the ratio holds on a busy machine too.
#include <benchmark/benchmark.h>
#include <torch/torch.h>

#include <algorithm>
#include <chrono>
#include <limits>
#include <vector>

#include "golden/lstm.h"
#include "golden/parallel.h"
#include "tests/golden/random_layer.h"

namespace {

namespace golden = lacuna::golden;
using Clock = std::chrono::steady_clock;

constexpr int kSymbols = 50;
constexpr int kUnits = 1000;
constexpr int kSteps = 25;  ///< of each in a turn
constexpr int kSeed = 1;

std::vector<int> random_symbols(golden::Dice& dice, int batch) {
  std::vector<int> symbols;
  for (int b = 0; b < batch; ++b) symbols.push_back(dice.roll(0, kSymbols - 1));
  return symbols;
}

/// A layer of which about `percent` of the states are zero in a stream.
golden::LstmLayer layer_with_sparsity(golden::Dice& dice, int percent) {
  golden::LstmLayer layer = golden::random_layer(dice, kSymbols, kUnits);
  layer.pre_shift = 16;
  constexpr int kBatch = 8;
  // Each pruned state changes those after it: raise the threshold until enough are zero.
  for (layer.threshold = 0; layer.threshold < 128; ++layer.threshold) {
    golden::Lstm lstm(layer, kBatch);
    lstm.start(std::vector<int>(kBatch, kSteps));
    for (int step = 0; step < kSteps; ++step) {
      lstm.step(golden::encode_symbols(random_symbols(dice, kBatch)));
    }
    const std::vector<std::int8_t> h = lstm.state().h;
    if (std::count(h.begin(), h.end(), 0) * 100 >= static_cast<std::ptrdiff_t>(h.size()) * percent)
      break;
  }
  return layer;
}

double seconds_since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

/// Arguments: batch, percent of states that are zero in a stream.
void golden_against_torch(benchmark::State& state) {
  const int batch = static_cast<int>(state.range(0));
  golden::Dice dice(kSeed);
  const golden::LstmLayer layer = layer_with_sparsity(dice, static_cast<int>(state.range(1)));
  golden::Lstm lstm(layer, batch);
  lstm.start(std::vector<int>(static_cast<std::size_t>(batch), std::numeric_limits<int>::max()));

  const torch::NoGradGuard no_gradient;
  at::set_num_threads(golden::worker_threads());
  torch::nn::LSTM torch_lstm(torch::nn::LSTMOptions(kSymbols, kUnits));
  const torch::Tensor torch_input = torch::zeros({kSteps, batch, kSymbols});

  double golden_seconds = 0, torch_seconds = 0, kept = 0;
  for (auto _ : state) {
    const auto torch_begin = Clock::now();
    benchmark::DoNotOptimize(torch_lstm->forward(torch_input));
    torch_seconds += seconds_since(torch_begin);
    const auto golden_begin = Clock::now();
    for (int step = 0; step < kSteps; ++step) {
      lstm.step(golden::encode_symbols(random_symbols(dice, batch)));
      kept += static_cast<double>(lstm.kept().size());
    }
    const double turn = seconds_since(golden_begin);
    golden_seconds += turn;
    state.SetIterationTime(turn);
  }
  const double characters = static_cast<double>(state.iterations()) * kSteps * batch;
  state.counters["golden/s"] = characters / golden_seconds;
  state.counters["torch/s"] = characters / torch_seconds;
  state.counters["ratio"] = torch_seconds / golden_seconds;
  state.counters["jointly_kept"] = kept / static_cast<double>(state.iterations()) / kSteps / kUnits;
}
BENCHMARK(golden_against_torch)
    ->ArgNames({"batch", "zero_percent"})
    ->ArgsProduct({{8, 64}, {0, 90, 97}})
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
