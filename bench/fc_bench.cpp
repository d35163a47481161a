// SPDX-License-Identifier: Apache-2.0
// The golden fully-connected network against LibTorch's float one: 10,000 images through
// 784-512-512-10 (P5). Both run in turns, on the same number of threads, so that the ratio holds on
// a busy machine too.
#include <benchmark/benchmark.h>
#include <torch/torch.h>

#include <algorithm>
#include <chrono>
#include <vector>

#include "golden/fc/fc_network.h"
#include "golden/parallel.h"
#include "tests/golden/fc/random_fc.h"

namespace {

namespace golden = lacuna::golden;
using Clock = std::chrono::steady_clock;

constexpr int kImages = 10000, kSeed = 1;
constexpr int kTorchBatch = 1000;  ///< of those tried (100, 1000, 10000) LibTorch's fastest
const std::vector<int> kSizes = {784, 512, 512, 10};

/// @param groups masks a layer; 0: every output has its own
golden::Bundle network_of(golden::Dice& dice, double sparsity, int groups) {
  golden::Bundle bundle;
  for (std::size_t at = 0; at + 1 < kSizes.size(); ++at) {
    const int inputs = kSizes[at], outputs = kSizes[at + 1];
    std::optional<golden::ConnectionMask> mask;
    if (sparsity > 0) {
      const int bits = golden::mask_bits(inputs);
      mask = golden::ConnectionMask{golden::LfsrKind::kAllStates, bits,
                                    golden::mask_threshold(sparsity, bits),
                                    groups > 0 ? std::min(groups, outputs) : outputs};
    }
    bundle.layers.emplace_back(
        golden::random_fc(dice, inputs, outputs, golden::WeightFormat::kInt8, mask));
  }
  return bundle;
}

torch::nn::Sequential torch_network() {
  torch::nn::Sequential network;
  for (std::size_t at = 0; at + 1 < kSizes.size(); ++at) {
    network->push_back(torch::nn::Linear(kSizes[at], kSizes[at + 1]));
    if (at + 2 < kSizes.size()) network->push_back(torch::nn::ReLU());
  }
  return network;
}

double seconds_since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

/// Arguments: per cent of connections that are missing, mask groups.
void fc_against_torch(benchmark::State& state) {
  golden::Dice dice(kSeed);
  const golden::Bundle bundle =
      network_of(dice, static_cast<double>(state.range(0)) / 100, static_cast<int>(state.range(1)));
  const golden::FcNetwork network(bundle);
  const std::vector<std::int8_t> images = golden::random_bytes(dice, kImages * kSizes.front());

  const torch::NoGradGuard no_gradient;
  at::set_num_threads(golden::worker_threads());
  torch::nn::Sequential torch_network = ::torch_network();
  const torch::Tensor torch_images = torch::rand({kImages, kSizes.front()});

  double golden_seconds = 0, torch_seconds = 0;
  for (auto _ : state) {
    const auto torch_begin = Clock::now();
    for (int first = 0; first < kImages; first += kTorchBatch)
      benchmark::DoNotOptimize(
          torch_network->forward(torch_images.slice(0, first, first + kTorchBatch)));
    torch_seconds += seconds_since(torch_begin);
    const auto golden_begin = Clock::now();
    benchmark::DoNotOptimize(network.run(images, kImages));
    const double turn = seconds_since(golden_begin);
    golden_seconds += turn;
    state.SetIterationTime(turn);
  }
  const double count = static_cast<double>(state.iterations()) * kImages;
  state.counters["golden/s"] = count / golden_seconds;
  state.counters["torch/s"] = count / torch_seconds;
  state.counters["ratio"] = torch_seconds / golden_seconds;
}
BENCHMARK(fc_against_torch)
    ->ArgNames({"missing_percent", "groups"})
    ->Args({0, 0})
    ->ArgsProduct({{50, 90}, {0, 64}})
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
