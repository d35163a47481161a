// SPDX-License-Identifier: Apache-2.0
// The result of a fully-connected network's co-simulation as JSON and as a table.
#include <fmt/format.h>

#include <array>

#include "sim/network/fc_cosim.h"
#include "sim/report/table.h"

namespace lacuna::sim {
namespace {

constexpr std::array<const char*, kFcCycleClasses> kClassNames{"idle", "taken", "input_wait",
                                                               "other_wait"};
constexpr std::array<const char*, kFcCycleClasses> kClassTexts{
    "cycles idle", "cycles taking inputs", "cycles waiting for input", "cycles waiting otherwise"};

nlohmann::ordered_json events(const FcLayerResult& layer) {
  nlohmann::ordered_json events;
  const FcClassCounts cycles = layer.run.cycles();
  for (std::size_t at = 1; at < kFcCycleClasses; ++at)
    events[std::string("cycles_") + kClassNames[at]] = cycles[at];
  events["macs"] = layer.macs();
  events["macs_existing"] = layer.connections * layer.images;
  return events;
}

double share(const FcLayerResult& layer) {
  return static_cast<double>(layer.connections) /
         (static_cast<double>(layer.inputs) * static_cast<double>(layer.outputs));
}

}  // namespace

nlohmann::ordered_json to_json(const FcCosimResult& result) {
  nlohmann::ordered_json json;
  json["engine"] = "fc";
  json["top"] = result.layers.front().engine.top;
  json["simulator"] = name_of(result.simulator);
  json["input"] = result.input;
  json["seed"] = result.seed;
  json["layers_run"] = result.chained ? "in a chain" : "one after the other";
  json["steps"] = 1;
  json["batch"] = result.images;
  json["vectors_compared"] = result.vectors();
  json["mismatches"] = result.mismatch ? 1 : 0;
  json["difference"] = result.difference;
  json["cycles"] = result.cycles;
  json["cycles_model"] = result.cycles_model;
  json["cycles_roofline"] = result.roofline();
  json["utilisation"] = result.utilisation();
  json["kilocycles_per_second"] = result.kilocycles_per_second();
  std::uint64_t macs = 0, existing = 0;
  json["layers"] = nlohmann::ordered_json::array();
  for (const auto& layer : result.layers) {
    json["layers"].push_back({{"name", layer.name},
                              {"configuration", layer.configuration},
                              {"inputs", layer.inputs},
                              {"outputs", layer.outputs},
                              {"cycles", layer.run.total()},
                              {"cycles_taken", layer.taken()},
                              {"cycles_roofline", layer.roofline()},
                              {"connections", layer.connections},
                              {"weight_memory_bits", layer.weight_bits},
                              {"largest_neuron_depth", layer.depth},
                              {"events", events(layer)}});
    macs += layer.macs();
    existing += layer.connections * layer.images;
  }
  // Cycles by reason are a layer's: in a chain each layer has all of them.
  json["events"] = {{"macs", macs}, {"macs_existing", existing}};
  return json;
}

std::string to_table(const FcCosimResult& result) {
  std::vector<Column> columns{{"layer", Align::kLeft}};
  for (const auto& layer : result.layers) columns.push_back({layer.name});
  Table table(columns);
  const auto row = [&](const std::string& title, const auto& cell) {
    std::vector<std::string> cells{title};
    for (const auto& layer : result.layers) cells.push_back(cell(layer));
    table.add_row(std::move(cells));
  };
  using Layer = const FcLayerResult&;
  row("configuration", [](Layer layer) { return layer.configuration; });
  row("inputs x outputs",
      [](Layer layer) { return fmt::format("{} x {}", layer.inputs, layer.outputs); });
  row("connections", [](Layer layer) { return fmt::format("{:.2f} %", 100 * share(layer)); });
  row("KB of weights", [](Layer layer) {
    return fmt::format("{:.1f}", static_cast<double>(layer.weight_bits) / 8e3);
  });
  row("deepest neuron", [](Layer layer) { return fmt::format("{}", layer.depth); });
  row("images compared", [](Layer layer) { return fmt::format("{}", layer.run.images_compared); });
  row("cycles, roofline", [](Layer layer) { return fmt::format("{:.0f}", layer.roofline()); });
  for (std::size_t at = 1; at < kFcCycleClasses; ++at) {
    row(kClassTexts[at], [&](Layer layer) { return fmt::format("{}", layer.run.cycles()[at]); });
  }
  const std::string model = !result.cycles_checked                 ? ", without stalls"
                            : result.cycles == result.cycles_model ? ", equal"
                                                                   : ", DIFFERENT";
  return fmt::format(
      "{}, {}: {} images, seed {}, input: {}\n\n{}\n"
      "Layers {}: {} cycles in RTL, {} by the model{}.\n"
      "Utilisation {:.4f} (roofline {:.0f} cycles); {:.0f} kilocycles/s.\n",
      result.layers.front().engine.top, name_of(result.simulator), result.images, result.seed,
      result.input, table.str(), result.chained ? "in a chain" : "one after the other",
      result.cycles, result.cycles_model, model, result.utilisation(), result.roofline(),
      result.kilocycles_per_second());
}

}  // namespace lacuna::sim
