// SPDX-License-Identifier: Apache-2.0
#include "sim/compare/gate_rows.h"

#include <fmt/format.h>

#include <filesystem>

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
    // Stochastic networks are designs of their own, compared by the image.
    const bool streams = row.at("engine") == "sc";
    const bool again = first != nullptr && first->at("engine") == row.at("engine") &&
                       (streams || (first->at("bundle") == row.at("bundle") &&
                                    first->at("batch") == row.at("batch")));
    if (!again) first = &row;
    const auto microjoule = [&](const Json& of, const char* field) {
      return of.at(field).get<double>() * 1e6 / (streams ? of.at("batch").get<double>() : 1);
    };
    const auto ratio = [&](const char* field) {
      return fmt::format("{:.2f}x", microjoule(*first, field) / microjoule(row, field));
    };
    const std::string name =
        streams ? std::filesystem::path(row.at("bundle").get<std::string>()).stem().string() +
                      ", an image"
        : row.contains("configuration") ? row.at("configuration").get<std::string>()
                                        : row.at("connections").get<std::string>();
    table.add_row(
        {name, row.at("batch").dump(), fmt::format("{:.4g}", microjoule(row, "energy_gates_joule")),
         ratio("energy_gates_joule"), fmt::format("{:.4g}", microjoule(row, "energy_engine_joule")),
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
