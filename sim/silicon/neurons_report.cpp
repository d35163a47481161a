// SPDX-License-Identifier: Apache-2.0
// Fully parallel networks as JSON and as tables.
#include <fmt/format.h>

#include <filesystem>

#include "sim/report/table.h"
#include "sim/report/text.h"
#include "sim/silicon/neurons.h"

namespace lacuna::sim {
namespace {

std::string stem(const NetworkSilicon& result) {
  return std::filesystem::path(result.bundle).stem().string();
}

std::string parts_table(const NetworkSilicon& result) {
  Table table({{stem(result), Align::kLeft},
               {"times"},
               {"cells each"},
               {"um2 each"},
               {"mm2 all"},
               {"pJ an image"}});
  for (const NetworkPart& part : result.parts) {
    table.add_row({part.name, std::to_string(part.instances), std::to_string(part.cells),
                   fmt::format("{:.0f}", part.area),
                   fmt::format("{:.2f}", part.area * static_cast<double>(part.instances) * 1e-6),
                   fmt::format("{:.4g}", part.energy * 1e12)});
  }
  return table.str();
}

}  // namespace

nlohmann::ordered_json to_json(const NetworkSilicon& result) {
  nlohmann::ordered_json parts = nlohmann::ordered_json::array();
  for (const NetworkPart& part : result.parts) {
    parts.push_back({{"part", part.name},
                     {"instances", part.instances},
                     {"measured", part.measured},
                     {"vectors_compared", part.compared},
                     {"cells_each", part.cells},
                     {"area_um2_each", part.area},
                     {"energy_joule_each", part.energy},
                     {"longest_path_second", part.longest_path}});
  }
  return {{"bundle", result.bundle},
          {"top", result.top},
          {"library", result.library},
          {"voltage", result.voltage},
          {"node_nm", result.nanometre},
          {"synthesis", "each part once"},
          {"workload", result.input},
          {"images", result.images},
          {"cycles_an_image", result.cycles_an_image},
          {"parameters", nlohmann::ordered_json::object()},
          {"memories", nlohmann::ordered_json::array()},
          {"mismatches", 0},
          {"clock_hertz", result.hertz},
          {"fmax_hertz", 1 / result.longest_path()},
          {"cells", result.cells()},
          {"energy_vectorless_joule", nullptr},
          {"area_um2", result.area()},
          {"energy_joule", result.energy()},
          {"longest_path_second", result.longest_path()},
          {"parts", std::move(parts)}};
}

std::string to_table(const std::vector<NetworkSilicon>& results) {
  std::string text;
  Table table({{"network", Align::kLeft},
               {"mm2"},
               {"/ first"},
               {"nJ an image"},
               {"/ first"},
               {"cycles"},
               {"path, ns"}});
  const NetworkSilicon& first = results.front();
  for (const NetworkSilicon& result : results) {
    text += parts_table(result) + "\n";
    table.add_row({stem(result), fmt::format("{:.2f}", result.area() * 1e-6),
                   fmt::format("{:.3f}", result.area() / first.area()),
                   fmt::format("{:.1f}", result.energy() * 1e9),
                   fmt::format("{:.3f}", result.energy() / first.energy()),
                   fmt::format("{:.0f}", result.cycles_an_image),
                   fmt::format("{:.2f}", result.longest_path() * 1e9)});
  }
  text += table.str();
  const std::string facts = fmt::format(
      "{}, {} V, {:.0f} nm: every part once, {} images of {}, every output equal to golden. "
      "Without the registers that hold weights; see docs/silicon.md.",
      first.library, first.voltage, first.nanometre, first.images, first.input);
  for (const std::string& line : wrap(facts, 80)) text += line + "\n";
  return text;
}

}  // namespace lacuna::sim
