// SPDX-License-Identifier: Apache-2.0
#include "sim/cli/seed_summary.h"

#include <fmt/format.h>

#include <cmath>
#include <numeric>

#include "sim/report/table.h"

namespace lacuna::cli {
namespace {

/// Figures of a report: those of the float network lie deeper than the integers'.
const nlohmann::json& figures(const nlohmann::json& report, const std::string& network) {
  return network == "float" ? report.at("training").at("figures") : report.at("integers");
}

nlohmann::ordered_json statistics(const std::vector<double>& values) {
  const auto count = static_cast<double>(values.size());
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / count;
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  const double deviation = values.size() > 1 ? std::sqrt(squares / (count - 1)) : 0;
  return {{"mean", mean}, {"deviation", deviation}, {"values", values}};
}

}  // namespace

nlohmann::ordered_json seed_summary(const std::vector<nlohmann::json>& reports) {
  nlohmann::ordered_json summary{{"schema", "lacuna.training-seeds/1"},
                                 {"unit", reports.front().at("training").at("unit")}};
  for (const auto& report : reports) summary["seeds"].push_back(report.at("seed").get<int>());
  for (const std::string network : {"float", "integers"}) {
    for (const std::string part : {"valid", "test"}) {
      std::vector<double> values;
      for (const auto& report : reports)
        values.push_back(figures(report, network).at(part).at("score").get<double>());
      summary["scores"][network][part] = statistics(values);
    }
  }
  summary["runs"] = reports;
  return summary;
}

std::string seed_table(const nlohmann::ordered_json& summary) {
  std::vector<sim::Column> columns{{"network", sim::Align::kLeft},
                                   {"part", sim::Align::kLeft},
                                   {"mean, " + summary.at("unit").get<std::string>()},
                                   {"deviation"}};
  for (const auto& seed : summary.at("seeds")) columns.push_back({"seed " + seed.dump()});
  sim::Table table(columns);
  for (const auto& [network, parts] : summary.at("scores").items()) {
    for (const auto& [part, score] : parts.items()) {
      std::vector<std::string> row{network, part,
                                   fmt::format("{:.3f}", score.at("mean").get<double>()),
                                   fmt::format("{:.3f}", score.at("deviation").get<double>())};
      for (const auto& value : score.at("values"))
        row.push_back(fmt::format("{:.2f}", value.get<double>()));
      table.add_row(std::move(row));
    }
  }
  return table.str();
}

}  // namespace lacuna::cli
