// SPDX-License-Identifier: Apache-2.0
// Two fully-connected layers with masks by shift register on a board: sizes and formats are the
// top's parameters; weights, scales, biases and seeds come from the host.
#include <fmt/format.h>

#include <algorithm>

#include "golden/error.h"
#include "golden/fc/fc.h"
#include "golden/lfsr.h"
#include "sim/fc/configuration.h"
#include "sim/fc/workload.h"
#include "sim/fpga/design.h"
#include "sim/fpga/host_writes.h"
#include "sim/fpga/sizes.h"
#include "sim/shell/registers.h"

namespace lacuna::sim {
namespace {

constexpr int kMostOutputs = 128;
constexpr int kAddressBits = 13;    ///< of a write, without layer and kind
constexpr int kParameterBytes = 8;  ///< scale, bias, and two that nobody reads
enum Kind : std::uint16_t { kSeeds = 0, kParameters = 1 << 13, kWeights = 2 << 13 };

/// A power of two that holds the bits.
int word_bytes(int bits) {
  int bytes = 1;
  while (8 * bytes < bits) bytes *= 2;
  return bytes;
}

golden::FcEngine engine_for(const golden::FcLayer& layer, int weight_bits,
                            const std::string& file) {
  golden::FcEngine engine;
  engine.groups = layer.mask ? std::min(layer.mask->groups, layer.outputs) : 1;
  engine.outputs = (layer.outputs + engine.groups - 1) / engine.groups * engine.groups;
  engine.in_lanes = 2;
  engine.out_lanes = 1;
  engine.index_bits = std::max(2, bits_for(layer.inputs));
  engine.depth = std::max(layer.memory_depth(), kRamWords);  // fewer words would become registers
  engine.weight_bits = weight_bits;
  engine.acc_width = std::max(layer.accumulator_bits(), weight_bits + 9);
  engine.lfsr_bits = layer.mask ? layer.mask->bits : engine.index_bits;
  engine.all_states = !layer.mask || layer.mask->kind == golden::LfsrKind::kAllStates;
  const std::string reason = misfit(layer, engine);
  if (!reason.empty()) throw Error(file, "layer " + layer.name + " does not fit: " + reason);
  const int bytes = word_bytes(engine.neurons() * weight_bits);
  if (bits_for(engine.groups) + bits_for(engine.depth) + bits_for(bytes) > kAddressBits ||
      static_cast<std::size_t>(bytes) > kPieceBytes || layer.outputs > kMostOutputs) {
    throw Error(file, fmt::format("layer {} is larger than a board's addresses", layer.name),
                "choose one of fewer outputs");
  }
  return engine;
}

/// Puts the lowest `bytes` bytes of a beat at an address.
void put(HostWrites& writes, std::uint32_t address, const Beat& beat, int bytes) {
  std::vector<std::uint8_t> word;
  for (int byte = 0; byte < bytes; ++byte)
    word.push_back(
        static_cast<std::uint8_t>(beat[static_cast<std::size_t>(byte / 4)] >> (byte % 4 * 8)));
  writes.put(address, word);
}

void add_writes(std::vector<HostWrite>& all, const FcLayerWorkload& layer, std::uint32_t number) {
  const std::uint32_t base = number << 15;
  const golden::FcEngine& engine = layer.engine;
  HostWrites writes(all);
  const int seed_bytes = word_bytes(engine.lfsr_bits);
  for (std::uint32_t group = 0; group < layer.seeds.size(); ++group) {
    put(writes, base + kSeeds + group * static_cast<std::uint32_t>(seed_bytes),
        {layer.seeds[group]}, seed_bytes);
  }
  for (std::uint32_t output = 0; output < layer.parameters.size(); ++output)
    put(writes, base + kParameters + output * kParameterBytes, layer.parameters[output],
        kParameterBytes);
  const int bytes = word_bytes(engine.neurons() * engine.weight_bits);
  for (const FcWeightWord& word : layer.weights) {
    const std::uint32_t place = (word.group << bits_for(engine.depth)) + word.address;
    put(writes, base + kWeights + place * static_cast<std::uint32_t>(bytes), word.data, bytes);
  }
}

/// What cannot be done with less, by what the cells of an iCE40 hold.
void add_resources(std::map<std::string, std::int64_t>& least, const golden::FcEngine& engine) {
  const std::int64_t words = (engine.depth + kRamWords - 1) / kRamWords;
  const std::int64_t width = (engine.neurons() * engine.weight_bits + kRamBits - 1) / kRamBits;
  // An output: a product, its register, a sum with its clearing, and its place in the drain's
  // chain.
  const int multiplier = engine.weight_bits > 2 ? 8 * engine.weight_bits : engine.weight_bits + 8;
  const std::int64_t cell = multiplier + 8 + engine.weight_bits + 3 * engine.acc_width;
  least["block RAMs"] += engine.groups * words * width;
  least["logic cells"] += engine.outputs * cell + 400;  // the drain's multiplier and rounding
}

/// Clocks from the last beat of x to the last one of y.
std::uint32_t cycles_of(const FcLayerWorkload& layer) {
  const golden::FcImageCycles cycles = golden::fc_cycles({layer}, 1).front().front();
  const int beats = (layer.inputs + layer.engine.in_lanes - 1) / layer.engine.in_lanes;
  return static_cast<std::uint32_t>(cycles.out) - static_cast<std::uint32_t>(beats) + 1;
}

}  // namespace

FpgaDesign lfsr_design(const golden::Bundle& bundle, const std::string& file,
                       const NetworkInput& input) {
  constexpr std::size_t kLayers = 2;
  if (bundle.layers.size() != kLayers) {
    throw Error(file,
                fmt::format("has {} layers, a board's core {}", bundle.layers.size(), kLayers),
                "name a network of one hidden layer");
  }
  const auto& hidden = std::get<golden::FcLayer>(bundle.layers[0]);
  const auto& last = std::get<golden::FcLayer>(bundle.layers[1]);
  const int weight_bits =
      std::max(golden::weight_bits(hidden.weight_format), golden::weight_bits(last.weight_format));
  const golden::FcEngine engines[] = {engine_for(hidden, weight_bits, file),
                                      engine_for(last, weight_bits, file)};
  const FcLayerWorkload first = make_workload({hidden}, {engines[0]}).layers.front();
  const FcLayerWorkload second = make_workload({last}, {engines[1]}).layers.front();
  if (!first.settings.relu || second.settings.relu)
    throw Error(file, "does not rectify after its hidden layer, and only there");
  if (engines[0].all_states != engines[1].all_states)
    throw Error(file, "has registers of two kinds");

  FpgaDesign design;
  design.engine = engines[0].top;
  design.engine_number = LAC_SHELL_ENGINE_FC;
  design.core = "lac_lfsr_core";
  design.sources = board_sources({"lac_host", design.core});
  design.inputs = hidden.inputs;
  design.outputs = last.outputs;
  design.result_bytes = 2 * last.outputs;
  const auto set = [&](const std::string& name, auto value) {
    design.parameters[name] = std::to_string(value);
  };
  set("Inputs", hidden.inputs);
  set("Hidden", hidden.outputs);
  set("Outputs", last.outputs);
  set("WeightBits", weight_bits);
  set("AllStates", engines[0].all_states ? 1 : 0);
  std::uint32_t number = 0;
  for (const FcLayerWorkload* layer : {&first, &second}) {
    const std::string suffix = std::to_string(number + 1);
    set("Outputs" + suffix, layer->engine.outputs);
    set("Groups" + suffix, layer->engine.groups);
    set("Depth" + suffix, layer->engine.depth);
    set("Index" + suffix, layer->engine.index_bits);
    set("AccWidth" + suffix, layer->engine.acc_width);
    set("LfsrBits" + suffix, layer->engine.lfsr_bits);
    set("Threshold" + suffix, layer->settings.threshold);
    set("Shift" + suffix, layer->settings.shift);
    add_writes(design.writes, *layer, number++);
    add_resources(design.resources, layer->engine);
  }
  design.network = fmt::format("{}-{}-{}, {} weights, {} of {} connections", hidden.inputs,
                               hidden.outputs, last.outputs, golden::name_of(hidden.weight_format),
                               hidden.weights.size() + last.weights.size(),
                               hidden.inputs * hidden.outputs + last.inputs * last.outputs);

  const std::vector<std::int8_t> x = images_of(input);
  const std::vector<golden::Fc> layers{golden::Fc(hidden), golden::Fc(last)};
  const auto outputs = golden::run_chain(layers.data(), layers.data() + kLayers, x, input.streams);
  const std::uint32_t cycles = cycles_of(first) + cycles_of(second);
  const auto in = static_cast<std::size_t>(hidden.inputs);
  const auto out = static_cast<std::size_t>(last.outputs);
  for (std::size_t image = 0; image < static_cast<std::size_t>(input.streams); ++image) {
    HostVector& vector = design.vectors.emplace_back();
    const auto from = x.begin() + static_cast<std::ptrdiff_t>(image * in);
    vector.input.assign(from, from + static_cast<std::ptrdiff_t>(in));
    for (std::size_t output = 0; output < out; ++output) {
      const auto value = static_cast<std::uint16_t>(outputs[image * out + output]);
      vector.result.push_back(static_cast<std::uint8_t>(value));
      vector.result.push_back(static_cast<std::uint8_t>(value >> 8));
    }
    vector.cycles = cycles;
  }
  return design;
}

}  // namespace lacuna::sim
