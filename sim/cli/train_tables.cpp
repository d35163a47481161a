// SPDX-License-Identifier: Apache-2.0
#include "sim/cli/train_tables.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <utility>
#include <vector>

#include "sim/report/table.h"

namespace lacuna::cli {
namespace {

using nlohmann::json;

std::string percent(const json& share) {
  return fmt::format("{:.2f} %", 100 * share.get<double>());
}

std::string number(const json& value, const char* format) {
  return fmt::format(fmt::runtime(format), value.get<double>());
}

/// Calls row(network, part, figures) for the float network and, if it was exported, the integers.
template <typename Row>
void for_each_result(const json& report, Row row) {
  std::vector<std::pair<const char*, json>> networks{
      {"float", report.at("training").at("figures")}};
  if (report.contains("integers")) networks.emplace_back("integers", report.at("integers"));
  for (const auto& [network, parts] : networks) {
    for (const auto& [part, figures] : parts.items()) row(network, part, figures);
  }
}

/// The course of training, one row a validation. `train` is the running loss as a score.
std::string lstm_curve(const json& curve, const std::string& unit) {
  sim::Table table({{"epoch"}, {"training"}, {unit}, {"zero states"}, {"T"}});
  for (const auto& point : curve) {
    table.add_row({number(point.at("epoch"), "{:.2f}"), number(point.at("train"), "{:.4f}"),
                   number(point.at("valid"), "{:.4f}"), percent(point.at("sparsity")),
                   number(point.at("threshold"), "{:.4f}")});
  }
  return table.str();
}

/// The quantised network's test score at other thresholds than the trained one.
std::string threshold_curve(const json& curve, const std::string& unit) {
  sim::Table table({{"T"}, {unit}, {"zero states"}, {"in 2"}, {"in 4"}, {"in 8 streams"}});
  for (const auto& point : curve) {
    const auto& joint = point.at("joint_sparsity_by_batch");
    table.add_row({number(point.at("threshold"), "{:.4f}"), number(point.at("score"), "{:.4f}"),
                   percent(point.at("sparsity")), percent(joint.at("2")), percent(joint.at("4")),
                   percent(joint.at("8"))});
  }
  return "Test data, integers, at other thresholds:\n\n" + table.str();
}

std::string lstm_results(const json& report, const std::string& unit) {
  sim::Table table({{"network", sim::Align::kLeft},
                    {"part", sim::Align::kLeft},
                    {unit},
                    {"zero states"},
                    {"zero in the whole batch"},
                    {"units always zero"}});
  for_each_result(report, [&](const char* network, const std::string& part, const json& figures) {
    table.add_row({network, part, number(figures.at("score"), "{:.4f}"),
                   percent(figures.at("sparsity")), percent(figures.at("joint_sparsity")),
                   figures.at("silent_units").dump()});
  });
  const json& paper = report.at("training").at("settings").at("paper_sparsity");
  if (paper != 0) table.add_row({"paper (P3)", "recalled", "", percent(paper), "", ""});
  return table.str();
}

/// The course of training, one row an epoch. `train` is the loss.
std::string image_curve(const json& curve, const std::string& unit) {
  sim::Table table({{"epoch"}, {"training"}, {unit}});
  for (const auto& point : curve) {
    table.add_row({number(point.at("epoch"), "{:.0f}"), number(point.at("train"), "{:.4f}"),
                   number(point.at("valid"), "{:.2f}")});
  }
  return table.str();
}

std::string fc_results(const json& report, const std::string& unit) {
  sim::Table table({{"network", sim::Align::kLeft}, {"part", sim::Align::kLeft}, {unit}});
  for_each_result(report, [&](const char* network, const std::string& part, const json& figures) {
    table.add_row({network, part, number(figures.at("score"), "{:.2f}")});
  });
  const json& paper = report.at("training").at("settings").at("paper_error");
  if (paper != 0) table.add_row({"paper (P5)", "test", number(paper, "{:.2f}")});
  return table.str();
}

std::string fc_connections(const json& connections) {
  sim::Table table({{"layer", sim::Align::kLeft}, {"weights"}, {"bits"}, {"depth of a memory"}});
  for (const auto& layer : connections.at("layers")) {
    table.add_row({layer.at("name"), layer.at("weights").dump(), layer.at("weight_bits").dump(),
                   layer.at("memory_depth").dump()});
  }
  return fmt::format("{}\nParameters: {}, by the paper's count {}; {} bits of weights.\n",
                     table.str(), connections.at("parameters").dump(),
                     connections.at("parameters_nominal").dump(),
                     connections.at("weight_bits").dump());
}

std::string sc_counters(const json& report) {
  sim::Table table({{"layer", sim::Align::kLeft}, {"gain"}, {"variance of a sum"}, {"states"}});
  for (const auto& layer : report.at("counters")) {
    table.add_row({layer.at("layer"), number(layer.at("gain"), "{:.3g}"),
                   number(layer.at("variance"), "{:.2f}"), layer.at("states").dump()});
  }
  const json& settings = report.at("training").at("settings");
  return fmt::format("Counters, of {} cycles and {} streams a weight:\n\n{}",
                     settings.at("length").dump(), settings.at("integral").dump(), table.str());
}

std::string sc_results(const json& report, const std::string& unit) {
  sim::Table table({{"network", sim::Align::kLeft},
                    {"part", sim::Align::kLeft},
                    {unit},
                    {"by seed of the registers"}});
  for_each_result(report, [&](const char* network, const std::string& part, const json& figures) {
    std::vector<std::string> each;
    for (const auto& error : figures.value("by_register_seed", json::array()))
      each.push_back(number(error, "{:.2f}"));
    table.add_row({network, part, number(figures.at("score"), "{:.2f}"),
                   fmt::format("{}", fmt::join(each, " "))});
  });
  const json& paper = report.at("training").at("settings").at("paper_error");
  if (paper != 0) table.add_row({"paper (P6)", "test", number(paper, "{:.2f}"), ""});
  return table.str();
}

}  // namespace

std::string train_tables(const json& report) {
  const json& training = report.at("training");
  const std::string unit = training.at("unit");
  const json& curve = training.at("curve");
  std::string tables = "Validation while training:\n\n";
  if (training.at("network") == "fc") {
    return tables + image_curve(curve, unit) + '\n' + fc_connections(report.at("connections")) +
           '\n' + fc_results(report, unit);
  }
  if (training.at("network") == "sc") {
    return tables + image_curve(curve, unit) + '\n' + sc_counters(report) + '\n' +
           sc_results(report, unit);
  }
  tables += lstm_curve(curve, unit) + '\n';
  if (report.contains("threshold_curve")) {
    tables += threshold_curve(report.at("threshold_curve"), unit) + '\n';
  }
  return tables + lstm_results(report, unit);
}

}  // namespace lacuna::cli
