// SPDX-License-Identifier: Apache-2.0
#include "golden/sc/sc_engine.h"

#include <algorithm>
#include <array>

namespace lacuna::golden {
namespace {

constexpr int kLayers = 3;
constexpr std::int64_t kPause = 2;  ///< clocks from a bank's bias to the next one's first input
constexpr std::int64_t kGap = 5;  ///< clocks from a layer's last bias to the next one's first input
/// Clocks from the last bias of an image to its first sum; each further sum takes one.
constexpr std::int64_t kDrain = 5;

struct FoldedLayer {
  std::int64_t inputs, outputs, lanes;

  std::int64_t banks() const { return (outputs + lanes - 1) / lanes; }
  std::int64_t neurons(std::int64_t bank) const { return std::min(lanes, outputs - bank * lanes); }
};

std::array<FoldedLayer, kLayers> folded_layers(const ScEngine& engine) {
  const std::int64_t lanes = engine.write_lanes;
  return {{{engine.inputs, engine.hidden1, lanes},
           {engine.hidden1, engine.hidden2, lanes},
           {engine.hidden2, engine.outputs, lanes}}};
}

/// Each bank of each layer issues its inputs and then its bias, one a clock; the bias waits until
/// the neurons of the bank before have left, one a clock, the lanes' chain.
std::int64_t folded_run_cycles(const ScEngine& engine, int length) {
  const auto layers = folded_layers(engine);
  std::int64_t bias = 0, next = 1, free = 0, neurons = 0;  // clocks since the image's start
  for (int cycle = 0; cycle < length; ++cycle) {
    for (const FoldedLayer& layer : layers) {
      for (std::int64_t bank = 0; bank < layer.banks(); ++bank) {
        bias = std::max(next + layer.inputs, free);
        neurons = layer.neurons(bank);
        free = bias + neurons;
        next = bias + kPause;
      }
      next = bias + kGap;
    }
    next = bias + kPause;  // no bit of the next cycle waits for this one's
  }
  return bias + kDrain + neurons;
}

}  // namespace

std::uint64_t ScEngine::words() const {
  if (!folded()) return 1;
  std::int64_t words = 0;
  for (const FoldedLayer& layer : folded_layers(*this)) words += layer.banks() * (layer.inputs + 1);
  return static_cast<std::uint64_t>(words);
}

std::uint64_t ScEngine::run_cycles(int length) const {
  if (folded()) return static_cast<std::uint64_t>(folded_run_cycles(*this, length));
  return static_cast<std::uint64_t>(length + 1 + kLayers * kScLayerDelay);
}

std::vector<std::uint64_t> sc_cycles(const ScEngine& engine, int length, int images) {
  const std::uint64_t beats = engine.beats();
  const std::uint64_t run = engine.run_cycles(length);
  std::vector<std::uint64_t> out;
  std::uint64_t start = beats;
  for (int image = 0; image < images; ++image) {
    out.push_back(start + run);
    start += std::max(run, beats + 1);
  }
  return out;
}

}  // namespace lacuna::golden
