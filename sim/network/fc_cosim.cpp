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

/// [image * inputs + input] of an input that has positions outside and streams inside.
std::vector<std::int8_t> by_image(const NetworkInput& input) {
  const auto images = static_cast<std::size_t>(input.streams);
  const auto& values = input.dense.front();
  const std::size_t inputs = values.size() / images;
  std::vector<std::int8_t> x(values.size());
  for (std::size_t position = 0; position < inputs; ++position) {
    for (std::size_t image = 0; image < images; ++image)
      x[image * inputs + position] = values[position * images + image];
  }
  return x;
}

const FcConfiguration& configuration_of(const golden::FcLayer& layer, std::size_t at,
                                        const FcCosimOptions& options) {
  const auto& given = options.configurations;
  if (given.empty()) return fc_configuration_for(layer, options.kind);
  return given.size() == 1 ? given.front() : given[at];
}

/// Words of weight memory that the engine's groups read for an image: those of connections that
/// exist, or one an input.
std::uint64_t words_of(const FcWorkload& workload) {
  const auto& engine = workload.engine;
  const auto all = static_cast<std::uint64_t>(engine.groups);
  if (!engine.masked) return all * static_cast<std::uint64_t>(workload.inputs);
  const auto groups = golden::group_connections(workload.mask, workload.inputs);
  std::uint64_t words = 0;
  for (std::uint64_t group = 0; group < all; ++group) words += groups[group % groups.size()].size();
  return words;
}

FcLayerResult run_layer(const golden::FcLayer& layer, const FcConfiguration& configuration,
                        std::vector<std::int8_t>& x, Simulator simulator,
                        const FcPlatformOptions& options) {
  FcWorkload workload = make_workload(layer, configuration.engine);
  const std::vector<std::int16_t> y = add_images(workload, layer, x);
  x.assign(y.begin(), y.end());  // the next layer's input: 0..127

  FcLayerResult result;
  result.name = layer.name;
  result.configuration = configuration.name;
  result.inputs = layer.inputs;
  result.outputs = layer.outputs;
  result.engine = configuration.engine;
  result.images = workload.images();
  result.run = simulator == Simulator::kIcarus ? run_icarus(configuration, workload, options)
                                               : run_platform(configuration, workload, options);
  result.model = model_cycles(workload);
  result.connections = layer.weights.size();
  result.words = words_of(workload);
  const std::uint64_t stored =
      configuration.engine.masked
          ? layer.weights.size()
          : static_cast<std::uint64_t>(layer.inputs) * static_cast<std::uint64_t>(layer.outputs);
  result.weight_bits = stored * static_cast<std::uint64_t>(configuration.engine.weight_bits);
  result.depth = configuration.engine.masked ? layer.memory_depth() : layer.inputs;
  result.cycles_checked = options.stall == 0;
  if (result.run.mismatch) {
    result.difference = "layer " + layer.name + ": " + result.run.mismatch->str();
  } else if (result.cycles_checked) {
    const std::string cycles = cycle_difference(workload, result.run);
    if (!cycles.empty()) result.difference = "layer " + layer.name + ": " + cycles;
  }
  return result;
}

template <typename Figure>
auto sum_layers(const std::vector<FcLayerResult>& layers, const Figure& figure) {
  return std::accumulate(layers.begin(), layers.end(), decltype(figure(layers.front())){},
                         [&](auto sum, const FcLayerResult& layer) { return sum + figure(layer); });
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
double FcLayerResult::utilisation() const { return roofline() / static_cast<double>(run.total()); }

std::uint64_t FcCosimResult::cycles() const {
  return sum_layers(layers, [](const FcLayerResult& layer) { return layer.run.total(); });
}
std::uint64_t FcCosimResult::cycles_model() const {
  return sum_layers(layers, [](const FcLayerResult& layer) { return layer.model; });
}
double FcCosimResult::roofline() const {
  return sum_layers(layers, [](const FcLayerResult& layer) { return layer.roofline(); });
}
std::uint64_t FcCosimResult::vectors() const {
  return sum_layers(layers, [](const FcLayerResult& layer) { return layer.run.images_compared; });
}
double FcCosimResult::kilocycles_per_second() const {
  const auto clocks =
      sum_layers(layers, [](const FcLayerResult& layer) { return layer.run.clocks; });
  return static_cast<double>(clocks) / 1e3 /
         sum_layers(layers, [](const FcLayerResult& layer) { return layer.run.seconds; });
}
std::string FcCosimResult::difference() const {
  for (const auto& layer : layers) {
    if (!layer.difference.empty()) return layer.difference;
  }
  return {};
}

FcCosimResult cosimulate_fc(const golden::Bundle& bundle, const NetworkInput& input,
                            const FcCosimOptions& options) {
  const std::size_t given = options.configurations.size();
  if (given > 1 && given != bundle.layers.size()) {
    throw Error("--config",
                fmt::format("names {} configurations for {} layers", given, bundle.layers.size()),
                "name one for all, or one for each");
  }
  FcCosimResult result;
  result.input = input.source;
  result.simulator = options.simulator;
  result.seed = options.platform.seed;
  result.images = static_cast<std::uint64_t>(input.streams);
  std::vector<std::int8_t> x = by_image(input);
  for (std::size_t at = 0; at < bundle.layers.size(); ++at) {
    const golden::FcLayer& layer = fc_layer(bundle.layers[at]);
    FcPlatformOptions platform = options.platform;
    if (at > 0) platform.wave.clear();  // of the first layer
    result.layers.push_back(
        run_layer(layer, configuration_of(layer, at, options), x, options.simulator, platform));
    if (!result.difference().empty()) break;
  }
  return result;
}

}  // namespace lacuna::sim
