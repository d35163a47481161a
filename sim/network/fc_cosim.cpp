// SPDX-License-Identifier: Apache-2.0
#include "sim/network/fc_cosim.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "golden/error.h"
#include "sim/fc/icarus.h"

namespace lacuna::sim {
namespace {

const golden::FcLayer& fc_layer(const golden::Layer& layer) {
  return std::get<golden::FcLayer>(layer);
}

/// One a layer.
std::vector<FcConfiguration> configurations_of(const std::vector<golden::FcLayer>& layers,
                                               const FcCosimOptions& options) {
  auto chosen = options.configurations;
  if (chosen.empty()) {
    for (const golden::FcLayer& layer : layers)
      chosen.push_back(fc_configuration_for(layer, options.kind));
  }
  if (chosen.size() == 1) chosen.resize(layers.size(), chosen.front());
  if (chosen.size() != layers.size()) {
    throw Error("--config",
                fmt::format("names {} configurations for {} layers", chosen.size(), layers.size()),
                "name one for all, or one for each");
  }
  return chosen;
}

/// Words of weight memory that the engine's groups read for an image: those of connections that
/// exist, or one an input.
std::uint64_t words_of(const FcLayerWorkload& layer) {
  const auto& engine = layer.engine;
  const auto all = static_cast<std::uint64_t>(engine.groups);
  if (!engine.masked) return all * static_cast<std::uint64_t>(layer.inputs);
  const auto groups = golden::group_connections(layer.mask, layer.inputs);
  std::uint64_t words = 0;
  for (std::uint64_t group = 0; group < all; ++group) words += groups[group % groups.size()].size();
  return words;
}

FcLayerResult layer_result(const golden::FcLayer& layer, const FcConfiguration& configuration,
                           const FcLayerWorkload& workload) {
  const golden::FcEngine& engine = configuration.engine;
  FcLayerResult result;
  result.name = layer.name;
  result.configuration = configuration.name;
  result.inputs = layer.inputs;
  result.outputs = layer.outputs;
  result.engine = engine;
  result.connections = layer.weights.size();
  result.words = words_of(workload);
  const std::uint64_t stored = engine.masked ? layer.weights.size()
                                             : static_cast<std::uint64_t>(layer.inputs) *
                                                   static_cast<std::uint64_t>(layer.outputs);
  result.weight_bits = stored * static_cast<std::uint64_t>(engine.weight_bits);
  result.depth = engine.masked ? layer.memory_depth() : layer.inputs;
  return result;
}

/// Runs `layers`, one or several in a chain, over x, which becomes their outputs, and adds what
/// they took to the result.
void run_layers(const std::vector<golden::FcLayer>& layers,
                const std::vector<FcConfiguration>& configurations, std::vector<std::int8_t>& x,
                const FcPlatformOptions& options, FcCosimResult& result) {
  std::vector<golden::FcEngine> engines;
  for (const FcConfiguration& configuration : configurations)
    engines.push_back(configuration.engine);
  FcWorkload workload = make_workload(layers, engines);
  add_images(workload, layers, x);
  const auto& y = workload.runs.front().expected.back();
  x.assign(y.begin(), y.end());
  const FcRunResult run = result.simulator == Simulator::kIcarus
                              ? run_icarus(configurations.front(), workload, options)
                              : run_platform(configurations, workload, options);
  for (std::size_t at = 0; at < layers.size(); ++at) {
    FcLayerResult& layer = result.layers.emplace_back(
        layer_result(layers[at], configurations[at], workload.layers[at]));
    layer.images = result.images;
    layer.run = run.layers[at];
  }
  result.cycles += run.total();
  result.cycles_model += model_cycles(workload);
  result.clocks += run.clocks;
  result.seconds += run.seconds;
  result.mismatch = run.mismatch.has_value();
  if (run.mismatch) {
    result.difference = "layer " + layers[run.mismatch->layer].name + ": " + run.mismatch->str();
  } else if (result.cycles_checked) {
    result.difference = cycle_difference(workload, run);
  }
}

}  // namespace

bool is_fully_connected(const golden::Bundle& bundle) {
  return std::all_of(bundle.layers.begin(), bundle.layers.end(), [](const golden::Layer& layer) {
    return std::holds_alternative<golden::FcLayer>(layer);
  });
}

bool fits(const golden::Bundle& bundle, FcKind kind) {
  return std::all_of(bundle.layers.begin(), bundle.layers.end(),
                     [&](const golden::Layer& layer) { return fits(fc_layer(layer), kind); });
}

FcKind fastest_kind(const golden::Bundle& bundle) {
  const bool masked = std::any_of(bundle.layers.begin(), bundle.layers.end(),
                                  [](const auto& layer) { return fc_layer(layer).mask; });
  if (masked && fits(bundle, FcKind::kSkip)) return FcKind::kSkip;
  return !masked && fits(bundle, FcKind::kDense) ? FcKind::kDense : FcKind::kMasked;
}

std::uint64_t FcLayerResult::macs() const {
  return words * static_cast<std::uint64_t>(engine.neurons()) * images;
}
double FcLayerResult::roofline() const {
  return static_cast<double>(connections) * static_cast<double>(images) / outputs;
}

double FcCosimResult::roofline() const {
  double roofline = 0;
  for (const auto& layer : layers)
    roofline = chained ? std::max(roofline, layer.roofline()) : roofline + layer.roofline();
  return roofline;
}
std::uint64_t FcCosimResult::vectors() const {
  return std::accumulate(
      layers.begin(), layers.end(), std::uint64_t{0},
      [](std::uint64_t sum, const auto& layer) { return sum + layer.run.images_compared; });
}
double FcCosimResult::kilocycles_per_second() const {
  return static_cast<double>(clocks) / 1e3 / seconds;
}

FcCosimResult cosimulate_fc(const golden::Bundle& bundle, const NetworkInput& input,
                            const FcCosimOptions& options) {
  std::vector<golden::FcLayer> layers;
  for (const golden::Layer& layer : bundle.layers) layers.push_back(fc_layer(layer));
  const auto configurations = configurations_of(layers, options);
  FcCosimResult result;
  result.input = input.source;
  result.simulator = options.simulator;
  result.seed = options.platform.seed;
  result.images = static_cast<std::uint64_t>(input.streams);
  result.cycles_checked = options.platform.stall == 0;
  result.chained = options.simulator == Simulator::kVerilator;
  std::vector<std::int8_t> x = images_of(input);
  if (result.chained) {
    run_layers(layers, configurations, x, options.platform, result);
    return result;
  }
  for (std::size_t at = 0; at < layers.size() && result.difference.empty(); ++at)
    run_layers({layers[at]}, {configurations[at]}, x, options.platform, result);
  return result;
}

}  // namespace lacuna::sim
