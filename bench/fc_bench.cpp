// SPDX-License-Identifier: Apache-2.0
// The golden fully-connected network against LibTorch's float one, and masks against none: 10,000
// images through 784-512-512-10 (P5). All networks run in turns on one processor and its time is
// measured, each one's fastest turn, so that the ratios hold on a busy machine too.
#include <benchmark/benchmark.h>
#include <sched.h>
#include <torch/torch.h>

#include <algorithm>
#include <ctime>
#include <functional>
#include <limits>
#include <list>
#include <optional>
#include <string>
#include <vector>

#include "golden/fc/fc_network.h"
#include "tests/golden/fc/random_fc.h"

namespace {

namespace golden = lacuna::golden;

constexpr int kImages = 10000, kSeed = 1, kTurns = 25;
constexpr int kTorchBatch = 1000;  ///< of those tried (100, 1000, 10000) LibTorch's fastest
const std::vector<int> kSizes = {784, 512, 512, 10};

/// @param groups masks a layer; 0: every output has its own
golden::Bundle network_of(golden::WeightFormat format, double sparsity, int groups) {
  golden::Dice dice(kSeed);
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
    bundle.layers.emplace_back(golden::random_fc(dice, inputs, outputs, format, mask));
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

/// Leaves this process the processor that it is on: golden and LibTorch run on as many threads.
void keep_one_processor() {
  cpu_set_t processors;
  CPU_ZERO(&processors);
  CPU_SET(sched_getcpu(), &processors);
  sched_setaffinity(0, sizeof processors, &processors);
  at::set_num_threads(1);
}

/// Seconds that this thread has computed.
double seconds_computed() {
  timespec time;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

/// A network that takes its turn.
struct Contestant {
  std::string name;
  std::function<void()> run;
  double seconds = std::numeric_limits<double>::infinity();  ///< of the fastest turn
};

/// Images a second of one processor. pNN: NN % of the connections are missing, a mask for each
/// output; pNN_g64: 64 groups of outputs share a mask.
void fc_against_torch(benchmark::State& state, golden::WeightFormat format) {
  golden::Dice dice(kSeed);
  const std::vector<std::int8_t> images = golden::random_bytes(dice, kImages * kSizes.front());
  const torch::NoGradGuard no_gradient;
  keep_one_processor();
  torch::nn::Sequential torch_network = ::torch_network();
  const torch::Tensor torch_images = torch::rand({kImages, kSizes.front()});
  std::vector<Contestant> contestants;
  contestants.push_back({"torch", [&] {
                           for (int first = 0; first < kImages; first += kTorchBatch)
                             benchmark::DoNotOptimize(torch_network->forward(
                                 torch_images.slice(0, first, first + kTorchBatch)));
                         }});

  std::list<golden::Bundle> bundles;  // networks keep references
  std::list<golden::FcNetwork> networks;
  const auto add = [&](const std::string& name, int missing_percent, int groups) {
    bundles.push_back(network_of(format, missing_percent / 100.0, groups));
    networks.emplace_back(bundles.back());
    contestants.push_back({name, [&images, &network = networks.back()] {
                             benchmark::DoNotOptimize(network.run(images, kImages));
                           }});
  };
  add("dense", 0, 0);
  for (const int missing : {50, 60, 70, 80, 90}) add("p" + std::to_string(missing), missing, 0);
  for (const int missing : {50, 90}) add("p" + std::to_string(missing) + "_g64", missing, 64);

  for (auto _ : state) {
    for (Contestant& contestant : contestants) {
      const double begin = seconds_computed();
      contestant.run();
      contestant.seconds = std::min(contestant.seconds, seconds_computed() - begin);
    }
  }
  for (const Contestant& contestant : contestants)
    state.counters[contestant.name] = kImages / contestant.seconds;
}
BENCHMARK_CAPTURE(fc_against_torch, int8, golden::WeightFormat::kInt8)->Iterations(kTurns);
BENCHMARK_CAPTURE(fc_against_torch, ternary, golden::WeightFormat::kTernary)->Iterations(kTurns);
BENCHMARK_CAPTURE(fc_against_torch, binary, golden::WeightFormat::kBinary)->Iterations(kTurns);

}  // namespace
