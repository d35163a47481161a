// SPDX-License-Identifier: Apache-2.0
#include "golden/fc/fc_faults.h"

#include <algorithm>

#include "golden/error.h"
#include "golden/fixed_point.h"
#include "golden/parallel.h"

namespace lacuna::golden {
namespace {

/// Cycles from the one in which an image is taken to the one in which its sums are registered.
constexpr std::uint64_t kSumDelay = 3;

std::vector<FcStage> stages(const std::vector<FcLayer>& layers,
                            const std::vector<FcEngine>& engines) {
  std::vector<FcStage> chain;
  for (std::size_t at = 0; at < layers.size(); ++at) {
    if (!engines[at].parallel())
      throw Error(layers[at].name,
                  "faults are those of the parallel engine, not of " + engines[at].top);
    chain.push_back({engines[at], {}, layers[at].inputs, layers[at].outputs});
  }
  return chain;
}

/// Weights of all connections, 0 where there is none. [outputs * inputs]
std::vector<std::int32_t> all_weights(const FcLayer& layer) {
  std::vector<std::int32_t> all(static_cast<std::size_t>(layer.outputs) *
                                static_cast<std::size_t>(layer.inputs));
  const auto connections = layer.connections();
  std::size_t next = 0;
  for (std::size_t output = 0; output < connections.size(); ++output) {
    for (const std::uint16_t input : connections[output])
      all[output * static_cast<std::size_t>(layer.inputs) + input] = layer.weights[next++];
  }
  return all;
}

std::int64_t flipped(std::int64_t sum, std::uint64_t flips, int bits) {
  const int unused = 64 - bits;
  return static_cast<std::int64_t>((static_cast<std::uint64_t>(sum) ^ flips) << unused) >> unused;
}

std::int16_t activation(const FcLayer& layer, std::size_t output, std::int64_t sum) {
  const std::int64_t y =
      saturate(round_shift(layer.scale[output] * sum + layer.bias[output], layer.shift), kWordBits);
  return static_cast<std::int16_t>(layer.relu ? std::clamp<std::int64_t>(y, 0, 127) : y);
}

}  // namespace

std::vector<std::vector<std::int16_t>> run_with_faults(const std::vector<FcLayer>& layers,
                                                       const std::vector<FcEngine>& engines,
                                                       const std::vector<std::int8_t>& x,
                                                       const Faults& faults) {
  if (faults.site() != FaultSite::kSums)
    throw Error("fault site", "a fully-connected layer has sums alone");
  const int images = static_cast<int>(x.size()) / layers.front().inputs;
  const auto cycles = fc_cycles(stages(layers, engines), images);
  std::vector<std::vector<std::int16_t>> all;
  std::vector<std::int16_t> values(x.begin(), x.end());
  for (std::size_t at = 0; at < layers.size(); ++at) {
    const FcLayer& layer = layers[at];
    const auto weights = all_weights(layer);
    const auto inputs = static_cast<std::size_t>(layer.inputs);
    const auto outputs = static_cast<std::size_t>(layer.outputs);
    std::vector<std::int16_t> y(static_cast<std::size_t>(images) * outputs);
    in_parallel(images, [&](int number) {
      const auto image = static_cast<std::size_t>(number);
      const std::uint64_t cycle = cycles[at][image].taken + kSumDelay;
      for (std::size_t output = 0; output < outputs; ++output) {
        std::int32_t sum = 0;
        for (std::size_t input = 0; input < inputs; ++input)
          sum += weights[output * inputs + input] * values[image * inputs + input];
        const int bits = engines[at].acc_width;
        const std::uint64_t flips =
            faults.flips(static_cast<int>(at), static_cast<int>(output), cycle, bits);
        y[image * outputs + output] = activation(layer, output, flipped(sum, flips, bits));
      }
    });
    values = all.emplace_back(std::move(y));
  }
  return all;
}

}  // namespace lacuna::golden
