// SPDX-License-Identifier: Apache-2.0
#include "sim/fc/workload.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "golden/error.h"
#include "golden/fc/fc.h"
#include "golden/fc/fc_faults.h"
#include "golden/weight_packing.h"
#include "sim/common/image_beats.h"
#include "sim/fc/configuration.h"

namespace lacuna::sim {
namespace {

std::uint32_t natural(int value) { return static_cast<std::uint32_t>(value); }

/// The mask that the engine's registers make for the layer: threshold 0 where all connections
/// exist.
golden::ConnectionMask engine_mask(const golden::FcLayer& layer, const golden::FcEngine& engine) {
  if (layer.mask) return *layer.mask;
  return {engine.all_states ? golden::LfsrKind::kAllStates : golden::LfsrKind::kPlain,
          engine.lfsr_bits, 0, engine.groups};
}

/// Weight memory of every group: word `address` has one weight of each of its neurons.
class WeightMemory {
 public:
  explicit WeightMemory(const golden::FcEngine& engine)
      : engine_(engine), format_(golden::weight_format_of_bits(engine.weight_bits)) {}

  void put(int output, std::size_t address, int weight) {
    const int group = output % engine_.groups, neuron = output / engine_.groups;
    auto& word = words_[{group, address}];
    word.resize(static_cast<std::size_t>(engine_.neurons()), 0);
    word[static_cast<std::size_t>(neuron)] = weight;
  }

  std::vector<FcWeightWord> words() const {
    std::vector<FcWeightWord> all;
    for (const auto& [place, weights] : words_) {
      BitWriter bits;
      for (const int weight : weights)
        bits.put(golden::encode_weight(format_, weight), engine_.weight_bits);
      all.push_back({natural(place.first), static_cast<std::uint32_t>(place.second), bits.beat()});
    }
    return all;
  }

 private:
  golden::FcEngine engine_;
  golden::WeightFormat format_;
  std::map<std::pair<int, std::size_t>, std::vector<int>> words_;
};

std::vector<FcWeightWord> weight_words(const golden::FcLayer& layer,
                                       const golden::FcEngine& engine) {
  WeightMemory memory(engine);
  const auto connections = layer.connections();
  std::size_t next = 0;
  for (int output = 0; output < layer.outputs; ++output) {
    const auto& connected = connections[static_cast<std::size_t>(output)];
    if (!engine.masked) {  // missing connections have the weight 0, and so have inputs beyond
      const int inputs = engine.parallel() ? engine.depth : layer.inputs;
      for (int input = 0; input < inputs; ++input)
        memory.put(output, static_cast<std::size_t>(input), 0);
    }
    for (std::size_t k = 0; k < connected.size(); ++k)
      memory.put(output, engine.masked ? k : connected[k], layer.weights[next++]);
  }
  return memory.words();
}

std::vector<Beat> parameter_beats(const golden::FcLayer& layer, const golden::FcEngine& engine) {
  std::vector<Beat> beats;
  for (int first = 0; first < layer.outputs; first += engine.out_lanes) {
    BitWriter bits;
    for (int lane = 0; lane < engine.out_lanes; ++lane) {
      const auto output = static_cast<std::size_t>(first + lane);
      const bool used = first + lane < layer.outputs;
      bits.put(used ? static_cast<std::uint16_t>(layer.scale[output]) : 0, 16);
      bits.put(used ? static_cast<std::uint32_t>(layer.bias[output]) : 0, 32);
    }
    beats.push_back(bits.beat());
  }
  return beats;
}

FcLayerWorkload layer_workload(const golden::FcLayer& layer, const golden::FcEngine& engine) {
  const std::string reason = misfit(layer, engine);
  if (!reason.empty()) {
    throw Error("layer " + layer.name, "does not fit the engine: " + reason,
                "choose another --config");
  }
  FcLayerWorkload workload;
  workload.engine = engine;
  workload.inputs = layer.inputs;
  workload.outputs = layer.outputs;
  workload.mask = engine_mask(layer, engine);
  workload.settings.last_input = natural(layer.inputs - 1);
  workload.settings.last_beat = natural((layer.outputs - 1) / engine.out_lanes);
  workload.settings.threshold = workload.mask.threshold;
  workload.settings.shift = natural(layer.shift);
  workload.settings.relu = layer.relu;
  if (engine.masked) {
    const auto seeds = golden::mask_seeds(workload.mask);
    for (int group = 0; group < engine.groups; ++group)
      workload.seeds.push_back(seeds[static_cast<std::size_t>(group) % seeds.size()]);
  }
  workload.weights = weight_words(layer, engine);
  workload.parameters = parameter_beats(layer, engine);
  return workload;
}

/// Every layer's outputs. [layer]
std::vector<std::vector<std::int16_t>> outputs_of(const std::vector<golden::FcLayer>& layers,
                                                  std::vector<std::int8_t> x, int images) {
  std::vector<std::vector<std::int16_t>> all;
  for (const golden::FcLayer& layer : layers) {
    all.push_back(golden::Fc(layer).run(x, images));
    x.assign(all.back().begin(), all.back().end());  // 0..127 but for the last
  }
  return all;
}

std::vector<golden::FcEngine> engines_of(const FcWorkload& workload) {
  std::vector<golden::FcEngine> engines;
  for (const FcLayerWorkload& layer : workload.layers) engines.push_back(layer.engine);
  return engines;
}

}  // namespace

std::uint64_t FcWorkload::images() const {
  std::uint64_t images = 0;
  for (const auto& run : runs) images += run.images();
  return images;
}

FcWorkload make_workload(const std::vector<golden::FcLayer>& layers,
                         const std::vector<golden::FcEngine>& engines) {
  FcWorkload workload;
  for (std::size_t at = 0; at < layers.size(); ++at) {
    if (at > 0 && engines[at - 1].out_lanes != engines[at].in_lanes) {
      throw Error("layer " + layers[at].name,
                  fmt::format("takes {} activations a beat, the layer before gives {}",
                              engines[at].in_lanes, engines[at - 1].out_lanes),
                  "choose another --config");
    }
    workload.layers.push_back(layer_workload(layers[at], engines[at]));
  }
  return workload;
}

void add_images(FcWorkload& workload, const std::vector<golden::FcLayer>& layers,
                std::vector<std::int8_t> x, std::uint64_t reset_after) {
  const int images = static_cast<int>(x.size()) / layers.front().inputs;
  FcImages run;
  run.reset_after = reset_after;
  const FcLayerWorkload& first = workload.layers.front();
  run.x = image_beats(x, first.inputs, first.engine.in_lanes);
  run.expected = workload.faults
                     ? golden::run_with_faults(layers, engines_of(workload), x, *workload.faults)
                     : outputs_of(layers, std::move(x), images);
  run.cycles = golden::fc_cycles({workload.layers.begin(), workload.layers.end()}, images);
  workload.runs.push_back(std::move(run));
}

}  // namespace lacuna::sim
