// SPDX-License-Identifier: Apache-2.0
#include "sim/energy/gate_table.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <cmath>

#include "golden/error.h"

namespace lacuna::sim {
namespace {

template <typename Value>
Value field(const toml::table& table, const char* name, const std::string& where) {
  const auto value = table[name].value<Value>();
  if (!value) throw Error(where, std::string("lacks '") + name + "'");
  return *value;
}

GateTableEntry read_entry(const toml::table& table, const std::string& file) {
  GateTableEntry entry;
  entry.configuration = field<std::string>(table, "configuration", file);
  const std::string where = file + ", " + entry.configuration;
  entry.top = field<std::string>(table, "top", where);
  entry.seed = static_cast<std::uint64_t>(field<std::int64_t>(table, "seed", where));
  entry.hertz = field<double>(table, "hertz", where);
  const toml::array* errors = table["errors"].as_array();
  if (errors == nullptr || errors->empty()) throw Error(where, "lacks 'errors'");
  for (const auto& error : *errors) {
    if (!error.is_number()) throw Error(where, "has an error that is no number");
    entry.errors.push_back(*error.value<double>());
  }
  const toml::table* joule = table["joule"].as_table();
  if (joule == nullptr) throw Error(where, "lacks 'joule'");
  for (const auto& [event, value] : *joule) {
    const auto number = value.value<double>();
    if (!number || !(*number >= 0)) throw Error(where, "has no energy of a " + std::string(event));
    entry.joule.emplace_back(std::string(event), *number);
  }
  return entry;
}

}  // namespace

double GateTableEntry::largest_error() const {
  double largest = 0;
  for (const double error : errors) largest = std::max(largest, std::abs(error));
  return largest;
}

double GateTableEntry::energy(const GateEvents& events) const {
  double total = 0;
  for (const auto& [event, count] : events) {
    const auto found = std::find_if(joule.begin(), joule.end(),
                                    [&](const auto& known) { return known.first == event; });
    if (found == joule.end())
      throw Error("gate table, " + configuration, "has no energy of a " + event,
                  "characterise it again");
    total += count * found->second;
  }
  return total;
}

const GateTableEntry* GateTable::find(const std::string& top,
                                      const std::string& configuration) const {
  for (const GateTableEntry& entry : entries) {
    if (entry.top == top && entry.configuration == configuration) return &entry;
  }
  return nullptr;
}

void GateTable::put(GateTableEntry entry) {
  for (GateTableEntry& known : entries) {
    if (known.top != entry.top || known.configuration != entry.configuration) continue;
    known = std::move(entry);
    return;
  }
  entries.push_back(std::move(entry));
}

GateTable read_gate_table(const std::filesystem::path& file) {
  const std::string where = file.string();
  toml::table read;
  try {
    read = toml::parse_file(where);
  } catch (const toml::parse_error& error) {
    throw Error(where, std::string(error.description()));
  }
  GateTable table;
  table.library = field<std::string>(read, "library", where);
  table.voltage = field<double>(read, "voltage", where);
  table.nanometre = field<double>(read, "nanometre", where);
  if (const toml::array* engines = read["engine"].as_array()) {
    for (const auto& node : *engines) {
      const toml::table* entry = node.as_table();
      if (entry == nullptr) throw Error(where, "has an engine that is no table");
      table.entries.push_back(read_entry(*entry, where));
    }
  }
  return table;
}

std::string to_toml(const GateTable& table) {
  std::string text = fmt::format(
      "# SPDX-License-Identifier: Apache-2.0\n"
      "# Energies of events of whole engines, fitted to runs of their gates (docs/energy.md). "
      "Written by\n"
      "# `lacuna silicon TOP:CONFIGURATION ... --characterise FILE`.\n"
      "library = \"{}\"\nvoltage = {:.3f}\nnanometre = {:.1f}\n",
      table.library, table.voltage, table.nanometre);
  for (const GateTableEntry& entry : table.entries) {
    std::string errors;
    for (const double error : entry.errors)
      errors += fmt::format("{}{:.3f}", errors.empty() ? "" : ", ", error);
    text += fmt::format(
        "\n[[engine]]\ntop = \"{}\"\nconfiguration = \"{}\"\nseed = {}\nhertz = {:.4e}\nerrors = "
        "[{}]\n"
        "[engine.joule]\n",
        entry.top, entry.configuration, entry.seed, entry.hertz, errors);
    for (const auto& [event, joule] : entry.joule)
      text += fmt::format("\"{}\" = {:.6e}\n", event, joule);
  }
  return text;
}

std::filesystem::path default_gate_table() {
  return std::filesystem::path(LACUNA_SOURCE_DIR) / "sim/technology/osu018.toml";
}

}  // namespace lacuna::sim
