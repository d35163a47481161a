// SPDX-License-Identifier: Apache-2.0
// `lacuna train`: from an experiment to float weights and bundle.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "models/settings.h"
#include "models/train.h"
#include "sim/cli/json_output.h"
#include "sim/cli/model_program.h"
#include "sim/cli/provenance.h"
#include "sim/report/table.h"

namespace lacuna::cli {
namespace {

struct TrainCommand {
  models::TrainOptions options;
  JsonOutput json;

  void run();
};

std::string percent(const nlohmann::json& share) {
  return fmt::format("{:.2f} %", 100 * share.get<double>());
}

std::string number(const nlohmann::json& value, const char* format) {
  return fmt::format(fmt::runtime(format), value.get<double>());
}

/// The course of training, one row a validation. `train` is the running loss as a score.
std::string learning_curve(const nlohmann::json& curve, const std::string& unit) {
  sim::Table table({{"epoch"}, {"training"}, {unit}, {"zero states"}, {"T"}});
  for (const auto& point : curve) {
    table.add_row({number(point.at("epoch"), "{:.2f}"), number(point.at("train"), "{:.4f}"),
                   number(point.at("valid"), "{:.4f}"), percent(point.at("sparsity")),
                   number(point.at("threshold"), "{:.4f}")});
  }
  return "Validation while training:\n\n" + table.str();
}

/// The quantised network's test score at other thresholds than the trained one.
std::string threshold_curve(const nlohmann::json& curve, const std::string& unit) {
  sim::Table table({{"T"}, {unit}, {"zero states"}, {"in 2"}, {"in 4"}, {"in 8 streams"}});
  for (const auto& point : curve) {
    const auto& joint = point.at("joint_sparsity_by_batch");
    table.add_row({number(point.at("threshold"), "{:.4f}"), number(point.at("score"), "{:.4f}"),
                   percent(point.at("sparsity")), percent(joint.at("2")), percent(joint.at("4")),
                   percent(joint.at("8"))});
  }
  return "Test data, integers, at other thresholds:\n\n" + table.str();
}

void TrainCommand::run() {
  if (options.out.empty()) {
    options.out = std::filesystem::path("runs") / std::filesystem::path(options.experiment).stem();
  }
  const nlohmann::json report = models::run_training(options);
  const nlohmann::json& training = report.at("training");
  sim::Table table({{"network", sim::Align::kLeft},
                    {"part", sim::Align::kLeft},
                    {training.at("unit").get<std::string>()},
                    {"zero states"},
                    {"zero in the whole batch"},
                    {"units always zero"}});
  const bool exported = report.contains("integers");
  std::vector<std::pair<const char*, nlohmann::json>> networks{{"float", training.at("figures")}};
  if (exported) networks.emplace_back("integers", report.at("integers"));
  for (const auto& [network, parts] : networks) {
    for (const auto& [part, figures] : parts.items()) {
      table.add_row({network, part, fmt::format("{:.4f}", figures.at("score").get<double>()),
                     percent(figures.at("sparsity")), percent(figures.at("joint_sparsity")),
                     figures.at("silent_units").dump()});
    }
  }
  const nlohmann::json& paper = training.at("settings").at("paper_sparsity");
  if (paper != 0) table.add_row({"paper (P3)", "recalled", "", percent(paper), "", ""});
  const std::filesystem::path bundle = options.out / "bundle.safetensors";
  const std::string unit = training.at("unit");
  fmt::print("{}\n", learning_curve(training.at("curve"), unit));
  if (report.contains("threshold_curve")) {
    fmt::print("{}\n", threshold_curve(report.at("threshold_curve"), unit));
  }
  fmt::print("{}\n{}\n", table.str(),
             exported ? "Bundle: " + bundle.string()
                      : "No bundle: per-step statistics are for comparison (docs/training.md).");
  nlohmann::ordered_json result = report;
  result["provenance"] = provenance(
      exported ? std::vector{bundle} : std::vector<std::filesystem::path>{}, report.at("seed"));
  json.write(result);
}

}  // namespace

void add_train_command(CLI::App& app) {
  CLI::App* verb = app.add_subcommand("train", kTrainAbout);
  const auto command = std::make_shared<TrainCommand>();
  models::TrainOptions& options = command->options;
  verb->add_option("experiment", options.experiment,
                   "A .toml file, or one of " +
                       fmt::format("{}", fmt::join(models::experiment_names(), ", ")))
      ->type_name("")
      ->required();
  verb->add_option("--set", options.set, "Change settings of the experiment")
      ->type_name("KEY=VALUE");
  verb->add_option("--out", options.out,
                   "Folder for the results, runs/EXPERIMENT if not given; an unfinished run that "
                   "is there is taken up again")
      ->type_name("DIR");
  verb->add_option("--data", options.data,
                   "Folder with the data sets; $LACUNA_DATA or ./data if not given")
      ->type_name("DIR");
  command->json.add_to(*verb);
  verb->callback([command] { command->run(); });
}

}  // namespace lacuna::cli
