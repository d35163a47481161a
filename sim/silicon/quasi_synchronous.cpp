// SPDX-License-Identifier: Apache-2.0
#include "sim/silicon/quasi_synchronous.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>

#include "golden/error.h"
#include "sim/network/fault_curve.h"
#include "sim/report/table.h"
#include "sim/silicon/tree_workload.h"

namespace lacuna::sim {

double VoltageLaw::delay(double volt) const {
  if (!(volt > threshold && volt <= nominal)) {
    throw Error("--voltages", fmt::format("{:g} V is not above {:g} V and up to {:g} V", volt,
                                          threshold, nominal));
  }
  const auto of = [this](double v) { return v / std::pow(v - threshold, alpha); };
  return of(volt) / of(nominal);
}

QuasiSynchronous quasi_synchronous(const golden::Bundle& bundle, const std::vector<std::int8_t>& x,
                                   const std::vector<int>& labels, const std::vector<double>& volts,
                                   std::uint64_t seed, const Library& library) {
  QuasiSynchronous result;
  result.library = library.name;
  result.law.nominal = library.voltage;
  result.images = static_cast<int>(labels.size());
  result.seed = seed;
  for (const double volt : volts) {
    VoltagePoint& point = result.points.emplace_back();
    point.volt = volt;
    point.delay = result.law.delay(volt);
    point.energy = result.law.energy(volt);
  }

  std::vector<std::unique_ptr<AdderTree>> trees;
  const auto workloads = tree_workloads(bundle, x, seed);
  for (const TreeWorkload& work : workloads) {
    trees.push_back(std::make_unique<AdderTree>(work.numbers, work.in_bits, work.sum_bits, library,
                                                WireModel{}));
    const AdderTree& tree = *trees.back();
    result.layers.push_back(
        {work.numbers, work.in_bits, work.sum_bits, tree.area(), tree.longest_path()});
    result.period = std::max(result.period, tree.longest_path());
  }
  std::vector<double> deadlines;  // a gate that is slower by so much has so much less time
  for (const VoltagePoint& point : result.points) deadlines.push_back(result.period / point.delay);
  std::vector<std::vector<std::vector<double>>> late;  // [layer][voltage][bit]
  for (std::size_t at = 0; at < trees.size(); ++at)
    late.push_back(trees[at]->late(workloads[at], deadlines));

  for (std::size_t at = 0; at < result.points.size(); ++at) {
    std::vector<std::vector<double>> rates;
    for (const auto& layer : late) {
      rates.push_back(layer[at]);
      result.points[at].late.push_back(*std::max_element(layer[at].begin(), layer[at].end()));
    }
    const golden::Faults faults(golden::FaultSite::kSums, seed, rates);
    const FaultedNetwork network(bundle, seed);
    result.top = network.top();
    result.points[at].wrong = network.percent_wrong(x, labels, faults);
  }
  return result;
}

nlohmann::ordered_json to_json(const QuasiSynchronous& result) {
  nlohmann::ordered_json json{{"top", result.top},
                              {"site", "sums"},
                              {"seed", result.seed},
                              {"images", result.images},
                              {"library", result.library},
                              {"volt_nominal", result.law.nominal},
                              {"volt_threshold", result.law.threshold},
                              {"alpha", result.law.alpha},
                              {"period_second", result.period}};
  json["trees"] = nlohmann::ordered_json::array();
  for (const LayerTree& tree : result.layers) {
    json["trees"].push_back({{"numbers", tree.numbers},
                             {"in_bits", tree.in_bits},
                             {"sum_bits", tree.sum_bits},
                             {"area_um2", tree.area},
                             {"longest_path_second", tree.longest_path}});
  }
  json["voltages"] = nlohmann::ordered_json::array();
  for (const VoltagePoint& point : result.points) {
    json["voltages"].push_back({{"volt", point.volt},
                                {"delay", point.delay},
                                {"energy", point.energy},
                                {"latest_bit_late", point.late},
                                {"percent_wrong", point.wrong}});
  }
  return json;
}

std::string to_table(const QuasiSynchronous& result) {
  Table table({{"V"}, {"delay"}, {"energy"}, {"latest bit late, a layer each"}, {"% wrong"}});
  for (const VoltagePoint& point : result.points) {
    std::string late;
    for (const double share : point.late)
      late += fmt::format("{}{:.5f}", late.empty() ? "" : "  ", share);
    table.add_row({fmt::format("{:.2f}", point.volt), fmt::format("{:.3f}", point.delay),
                   fmt::format("{:.3f}", point.energy), late, fmt::format("{:.2f}", point.wrong)});
  }
  return fmt::format(
      "{}, sums late at a lower supply and the same clock, {:.3f} ns\n(the longest path of its "
      "adder trees, {}, {} V), {} images.\n\n{}",
      result.top, result.period * 1e9, result.library, result.law.nominal, result.images,
      table.str());
}

}  // namespace lacuna::sim
