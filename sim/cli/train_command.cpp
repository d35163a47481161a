// SPDX-License-Identifier: Apache-2.0
// `lacuna train`: from an experiment to float weights and bundle.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "models/experiment.h"
#include "models/train.h"
#include "sim/cli/json_output.h"
#include "sim/cli/model_program.h"
#include "sim/cli/provenance.h"
#include "sim/cli/train_tables.h"

namespace lacuna::cli {
namespace {

struct TrainCommand {
  models::TrainOptions options;
  JsonOutput json;

  void run();
};

void TrainCommand::run() {
  if (options.out.empty()) {
    options.out = std::filesystem::path("runs") / std::filesystem::path(options.experiment).stem();
  }
  const nlohmann::json report = models::run_training(options);
  const bool exported = report.contains("integers");
  const std::filesystem::path bundle = options.out / "bundle.safetensors";
  fmt::print("{}\n{}\n", train_tables(report),
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
