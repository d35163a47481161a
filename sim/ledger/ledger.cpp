// SPDX-License-Identifier: Apache-2.0
#include "sim/ledger/ledger.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "golden/error.h"
#include "sim/report/table.h"
#include "sim/report/text.h"

namespace lacuna::sim {
namespace {

constexpr int kTerminal = 80;

std::vector<double> numbers(const toml::table& claim, const char* name) {
  std::vector<double> values;
  const auto node = claim[name];
  if (const auto one = node.value<double>()) values.push_back(*one);
  if (const toml::array* several = node.as_array()) {
    for (const auto& element : *several) {
      if (const auto value = element.value<double>()) values.push_back(*value);
    }
  }
  return values;
}

nlohmann::json read_result(const std::filesystem::path& file) {
  std::ifstream in(file);
  const auto document = nlohmann::json::parse(in, nullptr, false);
  if (document.is_discarded() || !document.contains("provenance")) {
    throw Error(file.string(), "is no result with provenance", "write it with a command's --json");
  }
  return document;
}

std::vector<std::string> split(const std::string& text, char at) {
  std::vector<std::string> parts;
  std::istringstream in(text);
  for (std::string part; std::getline(in, part, at);) parts.push_back(part);
  return parts;
}

/// The one element of a list whose fields have the values of `fields`, "name=value,name=value".
/// Nothing if none or several have.
const nlohmann::json* select(const nlohmann::json& list, const std::string& fields) {
  const nlohmann::json* found = nullptr;
  for (const auto& element : list) {
    const auto fits = [&](const std::string& field) {
      const auto equal = field.find('=');
      const auto value = element.find(field.substr(0, equal));
      if (equal == std::string::npos || value == element.end()) return false;
      return (value->is_string() ? value->get<std::string>() : value->dump()) ==
             field.substr(equal + 1);
    };
    const auto all = split(fields, ',');
    if (!std::all_of(all.begin(), all.end(), fits)) continue;
    if (found != nullptr) return nullptr;
    found = &element;
  }
  return found;
}

double value_at(const nlohmann::json& document, const std::string& path, const std::string& where) {
  const nlohmann::json* at = &document;
  for (const std::string& part : split(path.substr(path.find('/') + 1), '/')) {
    if (at->is_array()) {
      at = select(*at, part);
    } else {
      const auto next = at->find(part);
      at = next == at->end() ? nullptr : &*next;
    }
    if (at == nullptr) throw Error(where, "has not exactly one '" + part + "' of " + path);
  }
  if (!at->is_number()) throw Error(where, "has no number at " + path);
  return at->get<double>();
}

/// Whether a figure that the scale "full" depends on is good enough.
bool full(const toml::table& condition, const std::filesystem::path& results,
          const std::string& id) {
  const auto file = condition["file"].value<std::string>();
  const auto pointer = condition["value"].value<std::string>();
  const auto most = condition["at_most"].value<double>();
  if (!file || !pointer || !most)
    throw Error("claim " + id, "'full_if' lacks file, value or at_most");
  const std::filesystem::path path = results / *file;
  return value_at(read_result(path), *pointer, path.string()) <= *most;
}

void measure(const toml::table& how, const std::filesystem::path& results, LedgerRow& row) {
  const auto file = how["file"].value<std::string>();
  const toml::array* values = how["values"].as_array();
  const auto scale = how["scale"].value<std::string>();
  if (!file || values == nullptr || !scale)
    throw Error("claim " + row.id, "'measured' lacks file, values or scale");
  const std::filesystem::path path = results / *file;
  if (!std::filesystem::exists(path)) return;
  const nlohmann::json document = read_result(path);
  const auto look_up = [&](const std::string& pointer) {
    const auto end = pointer.find('#');  // "other.json#/pointer"
    if (end == std::string::npos) return value_at(document, pointer, path.string());
    const auto other = results / pointer.substr(0, end);
    return value_at(read_result(other), pointer.substr(end + 1), other.string());
  };
  const auto not_zero = [&](double divisor) {
    if (divisor == 0) throw Error("claim " + row.id, "is divided by a figure that is 0");
    return divisor;
  };
  double factor = how["factor"].value_or(1.0);
  const double offset = how["offset"].value_or(0.0);
  if (const auto over = how["over"].value<std::string>()) factor /= not_zero(look_up(*over));
  if (const auto times = how["times"].value<std::string>()) factor *= look_up(*times);
  for (const auto& value : *values)
    row.measured.push_back(offset + factor * look_up(value.value_or(std::string())));
  if (!row.paper.empty() && row.measured.size() != row.paper.size()) {
    throw Error("claim " + row.id,
                fmt::format("{} figures, {} measured", row.paper.size(), row.measured.size()));
  }
  row.scale = how["full_if"].is_table() && !full(*how["full_if"].as_table(), results, row.id)
                  ? "reduced: " + how["full_if"]["else"].value_or(std::string("condition not met"))
                  : *scale;
  row.condition_holds = how["condition_holds"].value_or(true);
  row.note = how["note"].value_or(std::string());
  const auto& provenance = document.at("provenance");
  row.seed = provenance.contains("seed") ? provenance.at("seed").dump() : "";
  row.command = provenance.value("command", "");
  row.revision = provenance.value("revision", "");
  row.inputs = provenance.value("inputs", nlohmann::json::array());
  // What a figure is divided or multiplied by may have been measured by another command.
  for (const char* by : {"over", "times"}) {
    const auto pointer = how[by].value_or(std::string());
    if (pointer.find('#') == std::string::npos) continue;
    const auto other = read_result(results / pointer.substr(0, pointer.find('#')));
    const auto& from = other.at("provenance");
    row.command += "; " + from.value("command", "");
    for (const auto& input : from.value("inputs", nlohmann::json::array()))
      row.inputs.push_back(nlohmann::ordered_json(input));
  }
}

std::string figures(const std::vector<double>& values) {
  std::string text;
  for (const double value : values)
    text += (text.empty() ? "" : " / ") +
            (values.size() == 1 ? fmt::format("{:.4g}", value) : fmt::format("{:.3g}", value));
  return text;
}

/// measured / paper; of several figures the worst, to keep the table narrow.
std::string gap(const LedgerRow& row) {
  if (row.measured.empty() || row.measured.size() != row.paper.size()) return "";
  std::vector<double> ratios;
  for (std::size_t at = 0; at < row.paper.size(); ++at) {
    if (row.paper[at] == 0) return "";
    ratios.push_back(row.measured[at] / row.paper[at]);
  }
  const auto [least, most] = std::minmax_element(ratios.begin(), ratios.end());
  return fmt::format("{:.2f}", row.better == "at most" ? *most : *least);
}

nlohmann::ordered_json json_numbers(const std::vector<double>& values) {
  if (values.empty()) return nullptr;
  return values.size() == 1 ? nlohmann::ordered_json(values.front())
                            : nlohmann::ordered_json(values);
}

}  // namespace

std::optional<bool> LedgerRow::met() const {
  if (measured.empty()) return std::nullopt;
  if (!condition_holds) return false;
  for (std::size_t at = 0; at < std::min(paper.size(), measured.size()); ++at) {
    if (better == "at least" && measured[at] < paper[at]) return false;
    if (better == "at most" && measured[at] > paper[at]) return false;
  }
  return true;
}

std::vector<LedgerRow> read_ledger(const std::filesystem::path& claims,
                                   const std::filesystem::path& results) {
  toml::table table;
  try {
    table = toml::parse_file(claims.string());
  } catch (const toml::parse_error& error) {
    throw Error(claims.string(), std::string(error.description()));
  }
  const toml::array* list = table["claim"].as_array();
  if (list == nullptr) throw Error(claims.string(), "has no [[claim]]");
  std::vector<LedgerRow> rows;
  for (const auto& node : *list) {
    const toml::table* claim = node.as_table();
    LedgerRow row;
    if (claim != nullptr) row.id = (*claim)["id"].value_or(std::string());
    if (row.id.empty()) throw Error(claims.string(), "has a claim without id");
    row.claim = (*claim)["claim"].value_or(std::string());
    row.unit = (*claim)["unit"].value_or(std::string());
    row.tag = (*claim)["tag"].value_or(std::string());
    row.better = (*claim)["better"].value_or(std::string());
    row.paper = numbers(*claim, "paper");
    if (const toml::table* how = (*claim)["measured"].as_table()) measure(*how, results, row);
    rows.push_back(std::move(row));
  }
  return rows;
}

nlohmann::ordered_json ledger_json(const std::vector<LedgerRow>& rows) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const auto& row : rows) {
    const auto met = row.met();
    list.push_back(
        {{"id", row.id},
         {"claim", row.claim},
         {"paper", json_numbers(row.paper)},
         {"measured", json_numbers(row.measured)},
         {"unit", row.unit},
         {"tag", row.tag},
         {"scale", row.measured.empty() ? nlohmann::ordered_json(nullptr)
                                        : nlohmann::ordered_json(row.scale)},
         {"met", met ? nlohmann::ordered_json(*met) : nlohmann::ordered_json(nullptr)},
         {"note", row.measured.empty() ? "not measured" : row.note},
         {"seed", row.seed},
         {"command", row.command},
         {"revision", row.revision},
         {"inputs", row.inputs.is_null() ? nlohmann::ordered_json::array() : row.inputs}});
  }
  return {{"schema", "lacuna.ledger/1"}, {"rows", std::move(list)}};
}

std::string ledger_text(const std::vector<LedgerRow>& rows) {
  Table table({{"id", Align::kLeft},
               {"paper", Align::kLeft},
               {"tag", Align::kLeft},
               {"measured", Align::kLeft},
               {"unit", Align::kLeft},
               {"gap", Align::kLeft},
               {"met", Align::kLeft}});
  std::string details;
  for (const auto& row : rows) {
    const auto met = row.met();
    table.add_row({row.id, figures(row.paper), row.tag,
                   row.measured.empty() ? "not measured" : figures(row.measured), row.unit,
                   gap(row),
                   !met   ? ""
                   : *met ? "yes"
                          : "no"});
    if (row.measured.empty()) continue;
    details += fmt::format("\n{}\n", row.id);
    const std::string about =
        row.claim + ". Scale: " + row.scale + "." + (row.note.empty() ? "" : " " + row.note);
    for (const auto& line : wrap(about, kTerminal - 2)) details += "  " + line + '\n';
    for (const auto& line : wrap("seed " + row.seed + ": " + row.command, kTerminal - 2))
      details += "  " + line + '\n';
  }
  return table.str(kTerminal) + details;
}

std::filesystem::path published_claims() {
  return std::filesystem::path(LACUNA_SOURCE_DIR) / "docs/claims.toml";
}

std::filesystem::path kept_results() {
  return std::filesystem::path(LACUNA_SOURCE_DIR) / "docs/results";
}

}  // namespace lacuna::sim
