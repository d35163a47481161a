// SPDX-License-Identifier: Apache-2.0
#include "models/experiment.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <toml++/toml.h>
#include <algorithm>
#include <filesystem>
#include <optional>
#include <type_traits>

#include "golden/error.h"
#include "models/experiments.h"

namespace lacuna::models {
namespace {

toml::table parse(std::string_view text, const std::string& where) {
  try {
    return toml::parse(text);
  } catch (const toml::parse_error& error) {
    throw Error(where, "not TOML: " + std::string(error.description()));
  }
}

toml::table read_experiment(const std::string& name) {
  if (std::filesystem::path(name).extension() == ".toml") {
    try {
      return toml::parse_file(name);
    } catch (const toml::parse_error& error) {
      throw Error(name, "cannot read as TOML: " + std::string(error.description()));
    }
  }
  const auto found = std::find_if(kExperiments.begin(), kExperiments.end(),
                                  [&](const auto& e) { return e.first == name; });
  if (found == kExperiments.end()) {
    throw Error(name, "no such experiment",
                fmt::format("known: {}, or a .toml file", fmt::join(experiment_names(), ", ")));
  }
  return parse(found->second, name);
}

/// `key=value`; a value that is not TOML by itself is taken as a string, so that quotes are not
/// needed in a shell.
toml::table parse_override(const std::string& text) {
  const auto equal = text.find('=');
  if (equal == std::string::npos || equal == 0) {
    throw Error("--set " + text, "not of the form key=value");
  }
  const std::string key = text.substr(0, equal), value = text.substr(equal + 1);
  try {
    return toml::parse(key + "=" + value);
  } catch (const toml::parse_error&) {
    return toml::table{{key, value}};
  }
}

std::optional<int> to_int(std::int64_t value) {
  if (value != static_cast<int>(value)) return std::nullopt;
  return static_cast<int>(value);
}

/// A value as a field's type; nothing where that would change it.
template <typename Field, typename Source>
std::optional<Field> converted(const Source& value) {
  if constexpr (std::is_same_v<Source, std::int64_t> && std::is_same_v<Field, int>) {
    return to_int(value);
  } else if constexpr (std::is_same_v<Source, std::int64_t> && std::is_same_v<Field, double>) {
    return static_cast<double>(value);
  } else if constexpr (std::is_same_v<Source, std::vector<int>> &&
                       std::is_same_v<Field, std::vector<double>>) {
    return Field(value.begin(), value.end());
  } else if constexpr (std::is_same_v<Source, Field>) {
    return value;
  } else {
    return std::nullopt;
  }
}

}  // namespace

/// Takes TOML's values apart.
class Experiment::Reader {
 public:
  static Value value_of(const toml::node& node) {
    if (const auto* value = node.as_boolean()) return value->get();
    if (const auto* value = node.as_integer()) return value->get();
    if (const auto* value = node.as_floating_point()) return value->get();
    if (const auto* value = node.as_string()) return value->get();
    if (const auto* list = node.as_array()) return numbers_of(*list);
    return {};
  }

 private:
  /// Integers where all are, else reals.
  static Value numbers_of(const toml::array& list) {
    std::vector<int> integers;
    std::vector<double> reals;
    for (const toml::node& node : list) {
      const auto real = node.value<double>();
      if (!node.is_number() || !real) return {};
      reals.push_back(*real);
      const auto* value = node.as_integer();
      const auto integer = value != nullptr ? to_int(value->get()) : std::nullopt;
      if (integer) integers.push_back(*integer);
    }
    if (integers.size() == reals.size()) return integers;
    return reals;
  }
};

Experiment::Experiment(const std::string& name, const std::vector<std::string>& overrides) {
  const auto take = [this](const toml::table& table, const std::string& where) {
    for (const auto& [key, node] : table)
      entries_[std::string(key.str())] = {where, Reader::value_of(node)};
  };
  take(read_experiment(name), name);
  for (const std::string& text : overrides) take(parse_override(text), "--set " + text);
}

std::string Experiment::network() const {
  std::string network = "lstm";
  const auto found = entries_.find("network");
  if (found == entries_.end()) return network;
  const auto* name = std::get_if<std::string>(&found->second.value);
  require_one_of(name != nullptr ? *name : "", "network", {"lstm", "fc", "sc"});
  return *name;
}

template <typename Field>
void Experiment::read_as(const char* key, Field& field) {
  keys_.emplace_back(key);
  const auto found = entries_.find(key);
  if (found == entries_.end()) return;
  const auto value =
      std::visit([](const auto& v) { return converted<Field>(v); }, found->second.value);
  if (!value) {
    throw Error(fmt::format("{}: {}", found->second.where, key), "value of the wrong kind");
  }
  field = *value;
}

void Experiment::read(const char* key, bool& field) { read_as(key, field); }
void Experiment::read(const char* key, int& field) { read_as(key, field); }
void Experiment::read(const char* key, double& field) { read_as(key, field); }
void Experiment::read(const char* key, std::string& field) { read_as(key, field); }
void Experiment::read(const char* key, std::vector<int>& field) { read_as(key, field); }
void Experiment::read(const char* key, std::vector<double>& field) { read_as(key, field); }

void Experiment::refuse_unread() const {
  for (const auto& [key, entry] : entries_) {
    if (key == "network" || std::find(keys_.begin(), keys_.end(), key) != keys_.end()) continue;
    throw Error(entry.where, "unknown key '" + key + "'",
                fmt::format("keys: network {}", fmt::join(keys_, " ")));
  }
}

std::vector<std::string> experiment_names() {
  std::vector<std::string> names;
  for (const auto& [name, text] : kExperiments) names.emplace_back(name);
  std::sort(names.begin(), names.end());
  return names;
}

void require(bool good, const char* key, const std::string& what) {
  if (!good) throw Error(key, what, "see docs/training.md for the settings");
}

void require_count(int count, const char* key) {
  require(count >= 1 && count <= 1'000'000, key, "outside 1..1000000");
}

void require_one_of(const std::string& value, const char* key,
                    const std::vector<std::string>& choices) {
  require(std::find(choices.begin(), choices.end(), value) != choices.end(), key,
          fmt::format("'{}' is not one of: {}", value, fmt::join(choices, ", ")));
}

}  // namespace lacuna::models
