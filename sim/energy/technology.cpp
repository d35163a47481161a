// SPDX-License-Identifier: Apache-2.0
#include "sim/energy/technology.h"

#include <toml++/toml.h>
#include <cmath>

#include "golden/error.h"

namespace lacuna::sim {
namespace {

constexpr double kAnchorBytes = 8192;  ///< the size that the table's "sram" is of

template <typename Value>
Value field(const toml::table& table, const char* name, const std::string& where) {
  const auto value = table[name].value<Value>();
  if (!value) throw Error(where, std::string("an entry lacks '") + name + "'");
  return *value;
}

}  // namespace

double Technology::energy(const std::string& entry) const {
  for (const auto& candidate : entries) {
    if (candidate.name == entry) return candidate.picojoule;
  }
  throw Error("technology " + name, "has no entry '" + entry + "'");
}

double Technology::memory_bit(double bytes) const {
  return energy("sram") * std::sqrt(bytes / kAnchorBytes);
}

Technology read_technology(const std::filesystem::path& file) {
  const std::string where = file.string();
  toml::table table;
  try {
    table = toml::parse_file(where);
  } catch (const toml::parse_error& error) {
    throw Error(where, std::string(error.description()));
  }
  Technology technology;
  technology.name = field<std::string>(table, "name", where);
  const toml::array* entries = table["entry"].as_array();
  if (entries == nullptr) throw Error(where, "has no [[entry]]");
  for (const auto& node : *entries) {
    const toml::table* one = node.as_table();
    if (one == nullptr) throw Error(where, "has an entry that is no table");
    TechnologyEntry entry;
    entry.name = field<std::string>(*one, "name", where);
    entry.picojoule = field<double>(*one, "energy_pj", where);
    entry.unit = field<std::string>(*one, "unit", where);
    entry.node = field<std::string>(*one, "node", where);
    entry.voltage = field<double>(*one, "voltage", where);
    entry.tag = field<std::string>(*one, "tag", where);
    entry.source = field<std::string>(*one, "source", where);
    if (!(entry.picojoule >= 0)) throw Error(where, "'" + entry.name + "' has a negative energy");
    technology.entries.push_back(std::move(entry));
  }
  return technology;
}

std::filesystem::path default_technology() {
  return std::filesystem::path(LACUNA_SOURCE_DIR) / "sim/technology/45nm.toml";
}

}  // namespace lacuna::sim
