// SPDX-License-Identifier: Apache-2.0
#include "sim/silicon/liberty.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>

#include "golden/error.h"
#include "sim/silicon/liberty_syntax.h"

namespace lacuna::sim {
namespace {

/// A number and what follows it: "1ns" is 1 and "ns".
struct Quantity {
  double number = 0;
  std::string unit;
};

Quantity quantity(const std::string& text, const std::string& where, const std::string& what) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  Quantity result;
  const char* end = text.data() + text.size();
  const char* first = begin == std::string::npos ? end : text.data() + begin;
  const auto [rest, error] = std::from_chars(first, end, result.number);
  if (error != std::errc() || !std::isfinite(result.number))
    throw Error(where, fmt::format("{} is '{}', not a number", what, text));
  result.unit = std::string(rest, end);
  return result;
}

double number(const LibertyGroup& group, const std::string& attribute, const std::string& where) {
  const std::string* text = group.find(attribute);
  if (text == nullptr) throw Error(where, "lacks " + attribute);
  return quantity(*text, where, attribute).number;
}

/// The factor of a prefix, "ps" for seconds being 1e-12.
double scale(const std::string& unit, char base, const std::string& where) {
  static const std::map<std::string, double> kPrefixes{{"", 1},     {"m", 1e-3},  {"u", 1e-6},
                                                       {"n", 1e-9}, {"p", 1e-12}, {"f", 1e-15}};
  std::string lower;
  for (const char c : unit) lower += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  if (!lower.empty() && lower.back() == base) {
    const auto found = kPrefixes.find(lower.substr(0, lower.size() - 1));
    if (found != kPrefixes.end()) return found->second;
  }
  throw Error(where, fmt::format("unknown unit '{}'", unit));
}

/// What the file's numbers are multiplied by.
struct Units {
  double time = 0, capacitance = 0, power = 0, energy = 0;
};

Units read_units(const LibertyGroup& library, const std::string& where) {
  const auto unit = [&](const char* attribute, char base) {
    const std::string* text = library.find(attribute);
    if (text == nullptr) throw Error(where, fmt::format("lacks {}", attribute));
    const Quantity of = quantity(*text, where, attribute);
    return of.number * scale(of.unit, base, where + ", " + attribute);
  };
  const auto load = library.attributes.find("capacitive_load_unit");
  if (load == library.attributes.end() || load->second.size() != 2)
    throw Error(where, "lacks capacitive_load_unit");
  Units units;
  units.time = unit("time_unit", 's');
  units.capacitance = quantity(load->second[0], where, "capacitive_load_unit").number *
                      scale(load->second[1], 'f', where + ", capacitive_load_unit");
  units.power = unit("leakage_power_unit", 'w');
  const double volt = unit("voltage_unit", 'v');
  units.energy = units.capacitance * volt * volt;
  if (!(units.time > 0 && units.energy > 0 && units.power > 0))
    throw Error(where, "has a unit of 0");
  return units;
}

std::vector<double> numbers(const std::vector<std::string>& texts, double factor,
                            const std::string& where) {
  std::vector<double> all;
  for (const std::string& text : texts) {
    std::size_t at = 0;
    while ((at = text.find_first_not_of(" ,\t\r\n\\", at)) != std::string::npos) {
      const std::size_t end = std::min(text.find_first_of(" ,\t\r\n\\", at), text.size());
      all.push_back(factor * quantity(text.substr(at, end - at), where, "a table's entry").number);
      at = end;
    }
  }
  return all;
}

class LibraryReader {
 public:
  explicit LibraryReader(const std::filesystem::path& file)
      : where_(file.string()), syntax_(read_liberty_syntax(file)) {
    if (syntax_.name != "library") throw Error(where_, "is no Liberty file");
    units_ = read_units(syntax_, where_);
    for (const LibertyGroup& group : syntax_.groups) {
      if (group.name == "power_lut_template" && !group.arguments.empty())
        templates_[group.arguments.front()] = &group;
    }
    library_.file = file;
    library_.name = syntax_.arguments.empty() ? "" : syntax_.arguments.front();
    library_.voltage = number(syntax_, "nom_voltage", where_);
    if (!(library_.voltage > 0)) throw Error(where_, "nom_voltage is not positive");
  }

  Library read() {
    for (const LibertyGroup& group : syntax_.groups) {
      if (group.name == "cell") library_.cells.push_back(cell(group));
    }
    return std::move(library_);
  }

 private:
  /// Whether a table's variable n is the load; otherwise it is a transition.
  static bool is_load(const LibertyGroup* form, const char* variable) {
    const std::string* text = form == nullptr ? nullptr : form->find(variable);
    return text != nullptr && text->find("capacitance") != std::string::npos;
  }

  LibertyTable table(const LibertyGroup& group, const std::string& where) const {
    const std::string form_name = group.arguments.empty() ? "" : group.arguments.front();
    const auto found = templates_.find(form_name);
    const LibertyGroup* form = found == templates_.end() ? nullptr : found->second;
    const auto index = [&](const char* name, bool load) {
      const LibertyGroup* of = group.attributes.count(name) != 0 ? &group : form;
      if (of == nullptr || of->attributes.count(name) == 0) return std::vector<double>{};
      return numbers(of->attributes.at(name), load ? units_.capacitance : units_.time, where);
    };
    const bool load_first = is_load(form, "variable_1");
    const std::vector<double> first = index("index_1", load_first);
    const std::vector<double> second = index("index_2", !load_first);
    LibertyTable result;
    result.load = load_first ? first : second;
    result.transition = load_first ? second : first;
    const auto values = group.attributes.find("values");
    if (values != group.attributes.end())
      result.values = numbers(values->second, units_.energy, where);
    const std::size_t rows = std::max<std::size_t>(1, result.load.size());
    const std::size_t columns = std::max<std::size_t>(1, result.transition.size());
    if (result.values.size() != rows * columns)
      throw Error(where, fmt::format("a table of {} x {} has {} values", rows, columns,
                                     result.values.size()));
    if (!load_first && !result.load.empty()) {  // [transition][load] in the file
      const std::vector<double> turned = result.values;
      for (std::size_t row = 0; row < rows; ++row) {
        for (std::size_t column = 0; column < columns; ++column)
          result.values[row * columns + column] = turned[column * rows + row];
      }
    }
    if (!std::is_sorted(result.load.begin(), result.load.end()) ||
        !std::is_sorted(result.transition.begin(), result.transition.end()))
      throw Error(where, "a table's index does not grow");
    return result;
  }

  LibertyPin pin(const LibertyGroup& group, const std::string& where) const {
    LibertyPin result;
    result.name = group.arguments.empty() ? "" : group.arguments.front();
    const std::string* direction = group.find("direction");
    if (direction == nullptr) throw Error(where, "lacks direction");
    result.output = *direction == "output";
    const std::string* capacitance = group.find("capacitance");
    if (capacitance == nullptr && !result.output)
      capacitance = syntax_.find("default_input_pin_cap");
    if (capacitance == nullptr && !result.output) throw Error(where, "lacks capacitance");
    if (capacitance != nullptr)
      result.capacitance = units_.capacitance * quantity(*capacitance, where, "capacitance").number;
    if (const std::string* most = group.find("max_capacitance"))
      result.max_capacitance =
          units_.capacitance * quantity(*most, where, "max_capacitance").number;
    for (const LibertyGroup& power : group.groups) {
      if (power.name != "internal_power") continue;
      for (const LibertyGroup& each : power.groups) {
        if (each.name != "fall_power") result.energy.rise.push_back(table(each, where));
        if (each.name != "rise_power") result.energy.fall.push_back(table(each, where));
      }
    }
    return result;
  }

  LibertyCell cell(const LibertyGroup& group) const {
    LibertyCell result;
    result.name = group.arguments.empty() ? "" : group.arguments.front();
    const std::string where = fmt::format("{}, cell {}", where_, result.name);
    result.area = number(group, "area", where);
    if (const std::string* leakage = group.find("cell_leakage_power"))
      result.leakage = units_.power * quantity(*leakage, where, "cell_leakage_power").number;
    const LibertyGroup* flip_flop = nullptr;
    bool usable = true;
    std::vector<const LibertyGroup*> outputs;
    for (const LibertyGroup& part : group.groups) {
      if (part.name == "ff") flip_flop = &part;
      if (part.name == "latch" || part.name == "statetable") usable = false;
      if (part.name != "pin") continue;
      const std::string pin_name = part.arguments.empty() ? "" : part.arguments.front();
      result.pins.push_back(pin(part, fmt::format("{}, pin {}", where, pin_name)));
      if (result.pins.back().output) outputs.push_back(&part);
      if (result.pins.back().output &&
          (part.find("function") == nullptr || part.find("three_state") != nullptr))
        usable = false;
    }
    if (usable) define(result, flip_flop, outputs, where);
    return result;
  }

  /// Functions, or the kind kOther where this flow has no use for the cell.
  static void define(LibertyCell& cell, const LibertyGroup* flip_flop,
                     const std::vector<const LibertyGroup*>& outputs, const std::string& where) {
    std::vector<std::string> names;
    const std::string* clock = flip_flop == nullptr ? nullptr : flip_flop->find("clocked_on");
    const std::string* next = flip_flop == nullptr ? nullptr : flip_flop->find("next_state");
    bool clock_found = false;
    for (std::size_t at = 0; at < cell.pins.size(); ++at) {
      if (cell.pins[at].output) {
        cell.outputs.push_back(at);
      } else if (clock != nullptr && cell.pins[at].name == *clock) {
        cell.clock = at;
        clock_found = true;
      } else {
        cell.inputs.push_back(at);
        names.push_back(cell.pins[at].name);
      }
    }
    if (cell.outputs.empty() || names.size() > kFunctionInputs) return;
    if (flip_flop != nullptr) {
      if (!clock_found || next == nullptr || flip_flop->find("clear") != nullptr ||
          flip_flop->find("preset") != nullptr || flip_flop->arguments.empty())
        return;
      cell.next_state = truth_table(*next, names, where);
      names = flip_flop->arguments;
      names.resize(1);
    }
    for (std::size_t at = 0; at < outputs.size(); ++at) {
      std::string function = *outputs[at]->find("function");
      if (flip_flop != nullptr && flip_flop->arguments.size() > 1 &&
          function == flip_flop->arguments[1])
        function = "!" + names.front();
      cell.pins[cell.outputs[at]].function = truth_table(function, names, where);
    }
    cell.kind = flip_flop == nullptr ? CellKind::kGate : CellKind::kFlipFlop;
  }

  std::string where_;
  LibertyGroup syntax_;
  Units units_;
  std::map<std::string, const LibertyGroup*> templates_;
  Library library_;
};

/// Whether a cell is a gate of so many inputs with one output of this function.
bool is_gate(const LibertyCell& cell, const char* function, std::vector<std::string> inputs) {
  return cell.kind == CellKind::kGate && cell.inputs.size() == inputs.size() &&
         cell.outputs.size() == 1 &&
         cell.pins[cell.outputs.front()].function == truth_table(function, inputs, cell.name);
}

double interpolate(const std::vector<double>& index, double at, std::size_t& low) {
  low = 0;
  if (index.size() < 2) return 0;
  while (low + 2 < index.size() && index[low + 1] <= at) ++low;
  const double span = index[low + 1] - index[low];
  return span > 0 ? std::clamp((at - index[low]) / span, 0.0, 1.0) : 0;
}

double mean(const std::vector<LibertyTable>& tables, double load, double transition) {
  double sum = 0;
  for (const LibertyTable& table : tables) sum += table.at(load, transition);
  return tables.empty() ? 0 : sum / static_cast<double>(tables.size());
}

}  // namespace

double LibertyTable::at(double load_farad, double transition_second) const {
  std::size_t row = 0, column = 0;
  const double down = interpolate(load, load_farad, row);
  const double right = interpolate(transition, transition_second, column);
  const std::size_t columns = std::max<std::size_t>(1, transition.size());
  const auto value = [&](std::size_t r, std::size_t c) { return values[r * columns + c]; };
  const std::size_t next_row = row + (load.size() > 1 ? 1 : 0);
  const std::size_t next_column = column + (transition.size() > 1 ? 1 : 0);
  const double upper = value(row, column) * (1 - right) + value(row, next_column) * right;
  const double lower = value(next_row, column) * (1 - right) + value(next_row, next_column) * right;
  return upper * (1 - down) + lower * down;
}

double LibertyEnergy::toggle(double load_farad, double transition_second) const {
  return (mean(rise, load_farad, transition_second) + mean(fall, load_farad, transition_second)) /
         2;
}

const LibertyCell& Library::cell(const std::string& type) const {
  for (const LibertyCell& candidate : cells) {
    if (candidate.name == type) return candidate;
  }
  throw Error("library " + name, fmt::format("has no cell '{}', which the netlist needs", type),
              "take a library that has it with --liberty");
}

const LibertyCell* Library::buffer() const {
  const LibertyCell* smallest = nullptr;
  for (const LibertyCell& candidate : cells) {
    if (is_gate(candidate, "A", {"A"}) && (smallest == nullptr || candidate.area < smallest->area))
      smallest = &candidate;
  }
  return smallest;
}

const LibertyCell* Library::strongest_buffer() const {
  const LibertyCell* strongest = nullptr;
  double most = 0;
  for (const LibertyCell& candidate : cells) {
    if (!is_gate(candidate, "A", {"A"})) continue;
    const double drives = candidate.pins[candidate.outputs.front()].max_capacitance;
    if (drives > most ||
        (strongest != nullptr && drives == most && candidate.area < strongest->area)) {
      strongest = &candidate;
      most = drives;
    }
  }
  return strongest;
}

Library read_library(const std::filesystem::path& file) {
  Library library = LibraryReader(file).read();
  const auto has = [&](auto matches) {
    return std::any_of(library.cells.begin(), library.cells.end(), matches);
  };
  const auto require = [&](bool there, const char* what) {
    if (!there)
      throw Error(file.string(), fmt::format("has no {}, so no design can be mapped onto it", what),
                  "take another library with --liberty");
  };
  require(has([](const LibertyCell& cell) { return cell.kind == CellKind::kFlipFlop; }),
          "flip-flop of a rising edge without set and clear");
  require(has([](const LibertyCell& cell) { return is_gate(cell, "!A", {"A"}); }), "inverter");
  require(has([](const LibertyCell& cell) {
            return is_gate(cell, "!(A B)", {"A", "B"}) || is_gate(cell, "!(A+B)", {"A", "B"}) ||
                   is_gate(cell, "A B", {"A", "B"}) || is_gate(cell, "A+B", {"A", "B"});
          }),
          "gate of two inputs");
  return library;
}

std::filesystem::path default_library() {
  return "/usr/share/qflow/tech/osu018/osu018_stdcells.lib";
}

}  // namespace lacuna::sim
