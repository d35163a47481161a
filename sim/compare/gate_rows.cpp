// SPDX-License-Identifier: Apache-2.0
#include "sim/compare/gate_rows.h"

#include <fmt/format.h>

#include "sim/report/table.h"
#include "sim/report/text.h"

namespace lacuna::sim {
namespace {

using Json = nlohmann::ordered_json;

/// One engine's part of a run.
struct Part {
  std::string top, configuration;
  GateEvents events;
};

void add(Json& row, const GateTable& table, const std::vector<Part>& parts) {
  double total = 0;
  Json by_event = Json::object();
  for (const Part& part : parts) {
    const GateTableEntry* entry = table.find(part.top, part.configuration);
    if (entry == nullptr) return;
    for (const auto& event : part.events) {
      const double joule = entry->energy({event});
      Json& known = by_event[event.first];
      if (known.is_null()) known = {{"events", 0.0}, {"joule", 0.0}};
      known["events"] = known["events"].get<double>() + event.second;
      known["joule"] = known["joule"].get<double>() + joule;
      total += joule;
    }
  }
  row["energy_gates_joule"] = total;
  row["energy_gates_library"] =
      fmt::format("{}, {} V, {:.0f} nm", table.library, table.voltage, table.nanometre);
  row["energy_gates_parts"] = std::move(by_event);
}

}  // namespace

void add_gates(Json& row, const GateTable& table, const EngineRun& run) {
  add(row, table, {{run.result.top, run.result.configuration, gate_events(run.result)}});
}

void add_gates(Json& row, const GateTable& table, const FcEngineRun& run) {
  std::vector<Part> parts;
  for (const FcLayerResult& layer : run.result.layers)
    parts.push_back({layer.engine.top, layer.configuration, gate_events(layer)});
  add(row, table, parts);
}

void add_gates(Json& row, const GateTable& table, const ScEngineRun& run) {
  add(row, table, {{run.result.engine.top, run.result.configuration, gate_events(run.result)}});
}

std::string gates_text(const Json& rows) {
  Table table(
      {{"on gates", Align::kLeft}, {"batch"}, {"uJ"}, {"less"}, {"fast tier, uJ"}, {"less"}});
  const Json* first = nullptr;
  for (const Json& row : rows) {
    if (!row.contains("energy_gates_joule")) continue;
    if (first == nullptr || first->at("bundle") != row.at("bundle") ||
        first->at("batch") != row.at("batch"))
      first = &row;
    const auto ratio = [&](const char* field) {
      return fmt::format("{:.2f}x", first->at(field).get<double>() / row.at(field).get<double>());
    };
    const std::string name = row.contains("configuration")
                                 ? row.at("configuration").get<std::string>()
                                 : row.at("connections").get<std::string>();
    table.add_row({name, row.at("batch").dump(),
                   fmt::format("{:.2f}", row.at("energy_gates_joule").get<double>() * 1e6),
                   ratio("energy_gates_joule"),
                   fmt::format("{:.3f}", row.at("energy_engine_joule").get<double>() * 1e6),
                   ratio("energy_engine_joule")});
  }
  if (first == nullptr) return "";
  std::string text = "\n" + table.str();
  const std::string facts = fmt::format(
      "Engines without main memory: {}, characterised from gates (docs/energy.md), beside the "
      "table above, of another technology.",
      first->at("energy_gates_library").get<std::string>());
  for (const std::string& line : wrap(facts, 80)) text += line + "\n";
  return text;
}

}  // namespace lacuna::sim
