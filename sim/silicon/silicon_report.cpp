// SPDX-License-Identifier: Apache-2.0
// The result of `lacuna silicon` as JSON and as tables.
#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "sim/report/table.h"
#include "sim/report/text.h"
#include "sim/silicon/silicon.h"

namespace lacuna::sim {
namespace {

using Json = nlohmann::ordered_json;

Json modules_json(const SiliconResult& result) {
  Json modules = Json::array();
  for (std::size_t at = 0; at < result.modules.size(); ++at) {
    const NetlistModule& module = result.modules[at];
    modules.push_back({{"module", module.name},
                       {"instances", module.instances},
                       {"cells_each", module.cells},
                       {"area_um2_each", module.area},
                       {"energy_joule", result.energy.modules[at]}});
  }
  return modules;
}

Json memories_json(const SiliconResult& result) {
  Json memories = Json::array();
  for (const SiliconMemory& memory : result.memories) {
    Json row{{"module", memory.module},
             {"name", memory.name},
             {"kind", memory.sram ? "sram" : "registers"},
             {"words", memory.words},
             {"width", memory.width}};
    if (memory.sram) {
      row.update({{"ports", memory.ports},
                  {"instances", memory.instances},
                  {"area_um2", memory.area},
                  {"reads", memory.activity.reads},
                  {"writes", memory.activity.writes},
                  {"energy_joule", memory.energy}});
    }
    memories.push_back(std::move(row));
  }
  return memories;
}

/// How many times its processing elements an engine has when it is widened to the area of another:
/// what they and their sums do not take stays. Nothing for parts, and where the rest is too large.
std::optional<double> widened_to(const std::vector<Boundary>& own,
                                 const std::vector<Boundary>& others) {
  if (own.size() < 3 || others.size() < 3) return std::nullopt;
  const double elements = own[1].area, rest = own[2].area - elements;
  const double times = (others[2].area - rest) / elements;
  if (times <= 0) return std::nullopt;  // the rest alone is larger
  return times;
}

constexpr const char* kBoundaryTitles[] = {"  PEs alone", "  PEs with sums", "  engine"};
constexpr std::size_t kInside = 2;  ///< boundaries within a design

std::string picojoule(const SiliconResult& result, double joule) {
  return fmt::format("{:.4g}", joule * 1e12 / static_cast<double>(result.cycles));
}

/// As many designs as fit beside each other, against the first of all.
std::string summary(const std::vector<SiliconResult>& results, const SiliconResult& first,
                    bool several) {
  const std::string& top = results.front().design.top;
  const bool one_top = std::all_of(results.begin(), results.end(),
                                   [&](const auto& result) { return result.design.top == top; });
  std::vector<Column> columns{{one_top ? top : "design", Align::kLeft}};
  for (const auto& result : results)
    columns.push_back(
        {one_top ? result.design.name : result.design.top + " " + result.design.name});
  Table table(columns);
  const auto row = [&](const char* title, const auto& cell) {
    std::vector<std::string> cells{title};
    for (const auto& result : results) cells.push_back(cell(result));
    table.add_row(std::move(cells));
  };
  const bool boundaries = std::all_of(results.begin(), results.end(), [](const auto& result) {
    return !result.boundaries().empty();
  });
  row("area, um2", [](const auto& r) { return fmt::format("{:.0f}", r.area()); });
  row("  of it SRAM", [](const auto& r) { return fmt::format("{:.0f}", r.memory_area); });
  if (boundaries) {
    row("  PEs alone", [](const auto& r) { return fmt::format("{:.0f}", r.boundaries()[0].area); });
    row("  PEs with sums",
        [](const auto& r) { return fmt::format("{:.0f}", r.boundaries()[1].area); });
  }
  row("cells", [](const auto& r) { return fmt::format("{}", r.cells); });
  row("  of it flip-flops", [](const auto& r) { return fmt::format("{}", r.flip_flops); });
  row("longest path, ns",
      [](const auto& r) { return fmt::format("{:.3f}", r.timing.longest_path * 1e9); });
  row("fmax, MHz", [](const auto& r) { return fmt::format("{:.1f}", r.timing.fmax() * 1e-6); });
  row("clock, MHz", [](const auto& r) { return fmt::format("{:.1f}", r.hertz * 1e-6); });
  row("cycles of the workload", [](const auto& r) { return fmt::format("{}", r.cycles); });
  row("vectors equal to golden",
      [](const auto& r) { return fmt::format("{}", r.run.vectors_compared); });
  row("energy, pJ a cycle", [](const auto& r) { return picojoule(r, r.energy.total()); });
  row("  gates", [](const auto& r) { return picojoule(r, r.energy.gates); });
  row("  registers", [](const auto& r) { return picojoule(r, r.energy.registers); });
  row("  clock", [](const auto& r) { return picojoule(r, r.energy.clock); });
  row("  SRAM", [](const auto& r) { return picojoule(r, r.energy.memories); });
  row("  leakage", [](const auto& r) { return picojoule(r, r.energy.leakage); });
  if (boundaries) {
    row("PEs alone", [](const auto& r) { return picojoule(r, r.boundaries()[0].energy); });
    row("PEs with sums", [](const auto& r) { return picojoule(r, r.boundaries()[1].energy); });
  }
  row("vectorless, pJ a cycle", [](const auto& r) { return picojoule(r, r.vectorless()); });
  const auto has_glitches = [](const auto& result) { return result.with_glitches.has_value(); };
  if (std::all_of(results.begin(), results.end(), has_glitches)) {
    row("with glitches, pJ a cycle", [](const auto& r) { return picojoule(r, *r.with_glitches); });
    row("  glitch factor",
        [](const auto& r) { return fmt::format("{:.3f}", *r.with_glitches / r.energy.total()); });
  }
  const auto has_fast = [](const auto& result) { return result.fast.has_value(); };
  if (std::all_of(results.begin(), results.end(), has_fast)) {
    row("fast tier, pJ a cycle", [](const auto& r) { return picojoule(r, *r.fast); });
    row("  difference", [](const auto& r) {
      return fmt::format("{:+.1f} %", 100 * (*r.fast / r.energy.total() - 1));
    });
  }
  row("energy, nJ", [](const auto& r) { return fmt::format("{:.4g}", r.energy.total() * 1e9); });
  if (several) {
    row("area / the first's",
        [&](const auto& r) { return fmt::format("{:.3f}", r.area() / first.area()); });
    for (std::size_t at = 0; boundaries && at < kInside; ++at) {
      row(kBoundaryTitles[at], [&](const auto& r) {
        return fmt::format("{:.3f}", r.boundaries()[at].area / first.boundaries()[at].area);
      });
    }
    row("energy / the first's", [&](const auto& r) {
      return fmt::format("{:.3f}", r.energy.total() / first.energy.total());
    });
    for (std::size_t at = 0; boundaries && at < kInside; ++at) {
      row(kBoundaryTitles[at], [&](const auto& r) {
        return fmt::format("{:.3f}", r.boundaries()[at].energy / first.boundaries()[at].energy);
      });
    }
    row("speed at the first's area", [&](const auto& r) {
      return fmt::format("{:.3f}", first.seconds() * first.area() / (r.seconds() * r.area()));
    });
    if (boundaries && widened_to(first.boundaries(), first.boundaries())) {
      row("  by more PEs", [&](const auto& r) {
        const auto widened = widened_to(r.boundaries(), first.boundaries());
        return widened ? fmt::format("{:.3f}", *widened * first.seconds() / r.seconds()) : "";
      });
    }
    const bool wide = std::all_of(results.begin(), results.end(),
                                  [](const auto& r) { return !r.wide_states.empty(); });
    if (wide) {
      const auto nothing = [](const auto&) { return std::string(); };
      const auto rows = [&](const char* title, const auto& figure) {
        row(title, nothing);
        for (std::size_t at = 0; at < first.wide_states.size(); ++at) {
          row(kBoundaryTitles[at], [&](const auto& r) {
            return fmt::format("{:.3f}", figure(r.wide_states[at]) / figure(first.wide_states[at]));
          });
        }
      };
      rows("states of 12 bits, area", [](const Boundary& b) { return b.area; });
      rows("states of 12 bits, energy", [](const Boundary& b) { return b.energy; });
    }
  }
  return table.str();
}

std::string modules_table(const SiliconResult& result) {
  Table table({{"module", Align::kLeft},
               {"instances"},
               {"cells each"},
               {"um2 each"},
               {"um2 all"},
               {"energy"}});
  for (std::size_t at = 0; at < result.modules.size(); ++at) {
    const NetlistModule& module = result.modules[at];
    table.add_row(
        {module.name, fmt::format("{}", module.instances), fmt::format("{}", module.cells),
         fmt::format("{:.0f}", module.area),
         fmt::format("{:.0f}", module.area * static_cast<double>(module.instances)),
         fmt::format("{:.1f} %", 100 * result.energy.modules[at] / result.energy.total())});
  }
  return table.str();
}

std::string memories_table(const SiliconResult& result) {
  Table table({{"memory", Align::kLeft},
               {"kind", Align::kLeft},
               {"words"},
               {"bits"},
               {"times"},
               {"um2 all"},
               {"reads"},
               {"writes"}});
  for (const SiliconMemory& memory : result.memories) {
    const auto of_sram = [&](const std::string& text) { return memory.sram ? text : ""; };
    table.add_row({memory.name, memory.sram ? "SRAM" : "cells", fmt::format("{}", memory.words),
                   fmt::format("{}", memory.width), of_sram(fmt::format("{}", memory.instances)),
                   of_sram(fmt::format("{:.0f}", memory.area)),
                   of_sram(fmt::format("{}", memory.activity.reads)),
                   of_sram(fmt::format("{}", memory.activity.writes))});
  }
  return table.str();
}

}  // namespace

Json to_json(const SiliconResult& result) {
  Json parameters = Json::object();
  for (const auto& [name, value] : result.design.parameters) parameters[name] = value;
  Json types = Json::object();
  for (const auto& [name, count] : result.cell_types) types[name] = count;
  const GateEnergy& energy = result.energy;
  Json events = Json::object();
  for (const auto& [event, count] : result.run.events) events[event] = count;
  const auto described = [](const std::vector<Boundary>& all) {
    Json of = Json::object();
    for (const Boundary& each : all)
      of[each.name] = {{"area_um2", each.area}, {"energy_joule", each.energy}};
    return of;
  };
  return {{"top", result.design.top},
          {"design", result.design.name},
          {"parameters", std::move(parameters)},
          {"library", result.library},
          {"voltage", result.voltage},
          {"node_nm", result.nanometre},
          {"synthesis", result.design.engine ? "module by module" : "flat"},
          {"area_um2", result.area()},
          {"area_cells_um2", result.cell_area},
          {"area_sram_um2", result.memory_area},
          {"cells", result.cells},
          {"flip_flops", result.flip_flops},
          {"cells_by_type", std::move(types)},
          {"modules", modules_json(result)},
          {"memories", memories_json(result)},
          {"longest_path_second", result.timing.longest_path},
          {"longest_path_cells", result.timing.path},
          {"fmax_hertz", result.timing.fmax()},
          {"clock_hertz", result.hertz},
          {"workload", result.run.workload},
          {"cycles", result.cycles},
          {"vectors_compared", result.run.vectors_compared},
          {"mismatches", result.run.difference.empty() ? 0 : 1},
          {"difference", result.run.difference},
          {"toggles", result.toggles},
          {"energy_joule", energy.total()},
          {"energy_parts_joule",
           {{"gates", energy.gates},
            {"registers", energy.registers},
            {"clock", energy.clock},
            {"sram", energy.memories},
            {"leakage", energy.leakage}}},
          {"energy_vectorless_joule", result.vectorless()},
          {"energy_with_glitches_joule",
           result.with_glitches ? Json(*result.with_glitches) : Json(nullptr)},
          {"glitch_factor",
           result.with_glitches ? Json(*result.with_glitches / energy.total()) : Json(nullptr)},
          {"energy_fast_joule", result.fast ? Json(*result.fast) : Json(nullptr)},
          {"energy_fast_difference",
           result.fast ? Json(*result.fast / energy.total() - 1) : Json(nullptr)},
          {"events", std::move(events)},
          {"boundaries", described(result.boundaries())},
          {"states_12", described(result.wide_states)}};
}

Json relative_json(const SiliconResult& result, const SiliconResult& first) {
  const double faster = first.seconds() / result.seconds();
  Json relative{{"area_relative", result.area() / first.area()},
                {"energy_relative", result.energy.total() / first.energy.total()},
                {"energy_vectorless_relative", result.vectorless() / first.vectorless()},
                {"speed_at_equal_area", faster * first.area() / result.area()}};
  const auto add = [&](Json& to, const std::vector<Boundary>& own,
                       const std::vector<Boundary>& others) {
    for (std::size_t at = 0; at < std::min(own.size(), others.size()); ++at) {
      const double area = own[at].area / others[at].area;
      to[own[at].name] = {{"area_relative", area},
                          {"energy_relative", own[at].energy / others[at].energy},
                          {"speed_at_equal_area", faster / area}};
    }
    if (const auto widened = widened_to(own, others))
      to[own.back().name]["speed_widened_to_equal_area"] = faster * *widened;
  };
  add(relative, result.boundaries(), first.boundaries());
  if (!result.wide_states.empty() && !first.wide_states.empty())
    add(relative["states_12_relative"], result.wide_states, first.wide_states);
  return relative;
}

std::string to_table(const std::vector<SiliconResult>& results) {
  constexpr std::size_t kBeside = 5;
  const SiliconResult& first = results.front();
  std::string text;
  for (std::size_t at = 0; at < results.size(); at += kBeside) {
    const auto begin = results.begin() + static_cast<std::ptrdiff_t>(at);
    const auto count = static_cast<std::ptrdiff_t>(std::min(kBeside, results.size() - at));
    text += (at > 0 ? "\n" : "") + summary({begin, begin + count}, first, results.size() > 1);
  }
  if (results.size() == 1) {
    if (first.modules.size() > 1) text += "\n" + modules_table(first);
    if (!first.memories.empty()) text += "\n" + memories_table(first);
  }
  const std::string facts = fmt::format(
      "{}, {} V, {:.0f} nm, mapped {}. Workload: {}. Toggles of every net x library and wires, "
      "without glitches; see docs/silicon.md.",
      first.library, first.voltage, first.nanometre,
      first.design.engine ? "module by module" : "flat", first.run.workload);
  for (const std::string& line : wrap(facts, 80)) text += line + "\n";
  return text;
}

}  // namespace lacuna::sim
