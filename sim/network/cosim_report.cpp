// SPDX-License-Identifier: Apache-2.0
// The result of a co-simulation as JSON and as a table.
#include <fmt/format.h>

#include <algorithm>

#include "sim/network/cosim.h"
#include "sim/report/table.h"

namespace lacuna::sim {
namespace {

constexpr std::array<const char*, kCycleClasses> kClassNames{"idle",      "mac",  "weight_wait",
                                                             "bank_wait", "turn", "list_wait"};
constexpr std::array<const char*, kCycleClasses> kClassTexts{"cycles idle",
                                                             "cycles multiplying",
                                                             "cycles waiting for weights",
                                                             "cycles waiting for a drain",
                                                             "cycles at the end of a block",
                                                             "cycles without a known column"};

/// The bench of Icarus has no main memory that counts.
bool counts_memory(const LayerResult& layer) { return layer.run.commands > 0; }

nlohmann::ordered_json events(const LayerResult& layer) {
  nlohmann::ordered_json events;
  for (std::size_t at = 1; at < kCycleClasses; ++at) {
    events[std::string("cycles_") + kClassNames[at]] = layer.run.cycles[at];
  }
  const auto& engine = layer.engine;
  events["kept_columns"] = layer.kept_columns;
  events["kept_state_columns"] = layer.state_columns;
  events["weight_words"] = layer.run.words;
  events["weight_bytes"] = layer.run.weight_bytes;
  if (counts_memory(layer)) {
    events["weight_commands"] = layer.run.commands;
    events["dram_bursts"] = layer.run.bursts;
    events["dram_beats"] = layer.run.beats;
  }
  events["macs"] = layer.run.words * static_cast<std::uint64_t>(engine.lanes) *
                   static_cast<std::uint64_t>(engine.batch);
  events["macs_nonzero"] = layer.events.macs_nonzero;
  events["macs_skipped"] = layer.events.macs_skipped;
  events["sum_accesses"] = layer.events.sum_accesses;
  events["list_accesses"] = layer.events.list_accesses;
  events["state_accesses"] = layer.events.state_accesses;
  events["elementwise_multiplies"] = layer.events.elementwise_multiplies;
  events["activations"] = layer.events.activations;
  return events;
}

std::string percent(double share) { return fmt::format("{:.2f} %", 100 * share); }

double sparsity(const LayerResult& layer) {
  return layer.states == 0
             ? 0
             : static_cast<double>(layer.zero_states) / static_cast<double>(layer.states);
}

double per_step(std::uint64_t count, const LayerResult& layer) {
  return static_cast<double>(count) / static_cast<double>(layer.steps);
}

}  // namespace

nlohmann::ordered_json to_json(const CosimResult& result) {
  nlohmann::ordered_json json;
  json["engine"] = "lstm";
  json["top"] = result.top;
  json["configuration"] = result.configuration;
  json["simulator"] = name_of(result.simulator);
  json["input"] = result.input;
  json["seed"] = result.seed;
  json["steps"] = result.steps;
  json["batch"] = result.streams;
  json["latency"] = result.latency;
  json["vectors_compared"] = result.vectors();
  json["mismatches"] = std::count_if(result.layers.begin(), result.layers.end(),
                                     [](const auto& layer) { return layer.run.mismatch; });
  json["difference"] = result.difference();
  json["cycles"] = result.cycles();
  json["cycles_model"] = result.cycles_model();
  json["cycles_roofline"] = result.roofline();
  json["utilisation"] = result.utilisation();
  json["kilocycles_per_second"] = result.kilocycles_per_second();
  json["operations_share_golden"] =
      static_cast<double>(result.golden_operations) /
      static_cast<double>(result.golden_operations + result.engine_operations);
  nlohmann::ordered_json total = nlohmann::ordered_json::object();
  json["layers"] = nlohmann::ordered_json::array();
  for (const auto& layer : result.layers) {
    nlohmann::ordered_json one;
    one["name"] = layer.name;
    one["inputs"] = layer.inputs;
    one["units"] = layer.units;
    one["cycles"] = layer.run.total();
    one["cycles_model"] = layer.model.total();
    one["cycles_roofline"] = layer.roofline;
    one["utilisation"] = layer.utilisation();
    one["state_sparsity"] = sparsity(layer);
    one["kept_state_columns_per_step"] = per_step(layer.state_columns, layer);
    one["events"] = events(layer);
    for (const auto& [name, count] : one["events"].items()) {
      total[name] = total.value(name, std::uint64_t{0}) + count.get<std::uint64_t>();
    }
    json["layers"].push_back(std::move(one));
  }
  json["events"] = std::move(total);
  return json;
}

std::string to_table(const CosimResult& result) {
  std::vector<Column> columns{{"layer", Align::kLeft}};
  for (const auto& layer : result.layers) columns.push_back({layer.name});
  Table table(columns);
  const auto row = [&](const std::string& title, const auto& cell) {
    std::vector<std::string> cells{title};
    for (const auto& layer : result.layers) cells.push_back(cell(layer));
    table.add_row(std::move(cells));
  };
  using Layer = const LayerResult&;
  row("inputs x units",
      [](Layer layer) { return fmt::format("{} x {}", layer.inputs, layer.units); });
  row("state vectors compared",
      [](Layer layer) { return fmt::format("{}", layer.run.vectors_compared); });
  row("mismatches", [](Layer layer) { return layer.run.mismatch ? "1" : "0"; });
  row("zero states", [](Layer layer) { return percent(sparsity(layer)); });
  row("columns of h read, a step", [](Layer layer) {
    return fmt::format("{:.1f} of {}", per_step(layer.state_columns, layer), layer.units);
  });
  row("cycles, RTL", [](Layer layer) { return fmt::format("{}", layer.run.total()); });
  row("cycles, model", [](Layer layer) {
    if (!layer.cycles_checked) return fmt::format("{}, without stalls", layer.model.total());
    return fmt::format("{}, {}", layer.model.total(),
                       layer.model.total() == layer.run.total() ? "equal" : "DIFFERENT");
  });
  row("cycles, roofline", [](Layer layer) { return fmt::format("{:.0f}", layer.roofline); });
  row("utilisation", [](Layer layer) { return fmt::format("{:.4f}", layer.utilisation()); });
  for (std::size_t at = 1; at < kCycleClasses; ++at) {
    row(kClassTexts[at], [&](Layer layer) { return fmt::format("{}", layer.run.cycles[at]); });
  }
  row("weight bytes", [](Layer layer) { return fmt::format("{}", layer.run.weight_bytes); });
  if (counts_memory(result.layers.front())) {
    row("memory bursts", [](Layer layer) { return fmt::format("{}", layer.run.bursts); });
  }

  const double golden = static_cast<double>(result.golden_operations);
  return fmt::format(
      "{} ({}), {}: {} streams, {} steps,\nseed {}, latency {}, input: {}\n\n{}\n{:.0f} "
      "kilocycles/s. "
      "{:.1f} % of the operations "
      "are in layers\nwithout an engine, which run in golden.\n",
      result.top, result.configuration, name_of(result.simulator), result.streams, result.steps,
      result.seed, result.latency, result.input, table.str(), result.kilocycles_per_second(),
      100 * golden / (golden + static_cast<double>(result.engine_operations)));
}

}  // namespace lacuna::sim
