// SPDX-License-Identifier: Apache-2.0
#include "sim/silicon/tree_workload.h"

#include <algorithm>

#include "golden/error.h"
#include "golden/fc/fc.h"
#include "golden/sc/sc_network.h"
#include "sim/fc/configuration.h"
#include "sim/network/fc_cosim.h"
#include "sim/network/sc_cosim.h"

namespace lacuna::sim {
namespace {

constexpr int kPartInputs = 28;  // of lac_sc_neuron and lac_radix_neuron
constexpr int kNeurons = 8;      // of a layer
constexpr int kImages = 256;     // that a binary-radix neuron sums, one a cycle

/// Signed bits for -most..most, as the RTL counts them.
int bits_of(int most) {
  int bits = 1;
  while (1 << (bits - 1) <= most) ++bits;
  return bits;
}

int parts_of(int inputs) { return (inputs + kPartInputs - 1) / kPartInputs; }

std::vector<TreeWorkload> stochastic(const golden::Bundle& bundle,
                                     const std::vector<std::int8_t>& x, std::uint64_t seed) {
  const golden::ScNetwork network(bundle, seed);
  std::vector<TreeWorkload> all;
  for (const golden::ScLayer* layer : network.layers()) {
    TreeWorkload& work = all.emplace_back();
    work.numbers = parts_of(layer->inputs) + 1;  // the bias is one
    work.in_bits = bits_of(layer->integral * std::min(kPartInputs, layer->inputs));
    work.sum_bits = golden::sc_sum_bits(layer->inputs, layer->integral);
  }
  const auto inputs = network.layers().front()->inputs;
  for (int n = 0; n < kNeurons; ++n) {
    const auto first = x.begin() + std::ptrdiff_t{n} * inputs;
    golden::ScTrace trace = network.trace({first, first + inputs});
    const std::vector<std::uint8_t>* bits = &trace.input;
    for (std::size_t at = 0; at < all.size(); ++at) {
      const golden::ScLayer& layer = *network.layers()[at];
      const golden::WeightStreams& weights = network.weights(at);
      const int output = n * layer.outputs / kNeurons;
      for (int cycle = 0; cycle < layer.length; ++cycle) {
        auto& numbers = all[at].cycles.emplace_back(static_cast<std::size_t>(all[at].numbers));
        for (int input = 0; input < layer.inputs; ++input) {
          const bool one = (*bits)[static_cast<std::size_t>(cycle * layer.inputs + input)] != 0;
          const int sign = one ? 1 : layer.bipolar ? -1 : 0;
          numbers[static_cast<std::size_t>(input / kPartInputs)] +=
              sign * weights.weight(cycle, output, input);
        }
        numbers.back() = weights.bias(cycle, output);
      }
      if (at < trace.streams.size()) bits = &trace.streams[at];
    }
  }
  return all;
}

std::vector<TreeWorkload> binary_radix(const golden::Bundle& bundle, std::vector<std::int8_t> x) {
  std::vector<TreeWorkload> all;
  x.resize(static_cast<std::size_t>(kImages * std::get<golden::FcLayer>(bundle.layers[0]).inputs));
  for (const golden::Layer& any : bundle.layers) {
    const auto& layer = std::get<golden::FcLayer>(any);
    const golden::FcEngine& engine = fc_configuration_for(layer, FcKind::kParallel).engine;
    if (layer.mask) throw Error(layer.name, "has a mask", "take a network without one");
    TreeWorkload& work = all.emplace_back();
    work.numbers = parts_of(engine.depth);
    work.in_bits = engine.weight_bits + 8 + bits_of(std::min(kPartInputs, engine.depth) - 1) - 1;
    work.sum_bits = engine.acc_width;
    for (int n = 0; n < kNeurons; ++n) {
      const std::int16_t* weights =
          layer.weights.data() + std::ptrdiff_t{n} * layer.outputs / kNeurons * layer.inputs;
      for (int image = 0; image < kImages; ++image) {
        auto& numbers = work.cycles.emplace_back(static_cast<std::size_t>(work.numbers));
        for (int input = 0; input < layer.inputs; ++input)
          numbers[static_cast<std::size_t>(input / kPartInputs)] +=
              weights[input] * x[static_cast<std::size_t>(image * layer.inputs + input)];
      }
    }
    const auto y = golden::Fc(layer).run(x, kImages);
    x.assign(y.begin(), y.end());  // 0..127 but for the last
  }
  return all;
}

}  // namespace

std::vector<TreeWorkload> tree_workloads(const golden::Bundle& bundle,
                                         const std::vector<std::int8_t>& x, std::uint64_t seed) {
  const int images = is_stochastic(bundle) ? kNeurons : kImages;
  const auto need = [&](int inputs) {
    if (x.size() < static_cast<std::size_t>(images * inputs)) {
      throw Error("--batch", "gives the adder trees fewer than " + std::to_string(images) +
                                 " images to work on");
    }
  };
  if (is_stochastic(bundle)) {
    need(std::get<golden::ScLayer>(bundle.layers[0]).inputs);
    return stochastic(bundle, x, seed);
  }
  if (!is_fully_connected(bundle))
    throw Error("bundle", "is neither a stochastic nor a fully-connected network");
  need(std::get<golden::FcLayer>(bundle.layers[0]).inputs);
  return binary_radix(bundle, x);
}

}  // namespace lacuna::sim
