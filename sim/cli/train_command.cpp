// SPDX-License-Identifier: Apache-2.0
// `lacuna train`: from an experiment to float weights and bundle.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "golden/error.h"
#include "models/experiment.h"
#include "models/train.h"
#include "sim/cli/json_output.h"
#include "sim/cli/model_program.h"
#include "sim/cli/provenance.h"
#include "sim/cli/seed_summary.h"
#include "sim/cli/train_tables.h"

namespace lacuna::cli {
namespace {

struct TrainCommand {
  models::TrainOptions options;
  std::vector<int> seeds;
  JsonOutput json;

  void run();

 private:
  void run_once();
  void run_seeds();
};

std::filesystem::path bundle_of(const models::TrainOptions& options) {
  return options.out / "bundle.safetensors";
}

void TrainCommand::run() {
  if (options.out.empty()) {
    options.out = std::filesystem::path("runs") / std::filesystem::path(options.experiment).stem();
  }
  if (seeds.empty()) {
    run_once();
  } else {
    run_seeds();
  }
}

void TrainCommand::run_once() {
  const nlohmann::json report = models::run_training(options);
  const bool exported = report.contains("integers");
  fmt::print("{}\n{}\n", train_tables(report),
             exported ? "Bundle: " + bundle_of(options).string()
                      : "No bundle: per-step statistics are for comparison (docs/training.md).");
  nlohmann::ordered_json result = report;
  result["provenance"] =
      provenance(exported ? std::vector{bundle_of(options)} : std::vector<std::filesystem::path>{},
                 report.at("seed"));
  json.write(result);
}

void TrainCommand::run_seeds() {
  std::vector<nlohmann::json> reports;
  std::vector<std::filesystem::path> bundles;
  for (const int seed : seeds) {
    models::TrainOptions one = options;
    one.set.push_back(fmt::format("seed={}", seed));
    one.out /= fmt::format("seed{}", seed);
    reports.push_back(models::run_training(one));
    if (!reports.back().contains("integers")) {
      throw Error("--seeds", "needs networks that have a bundle", "train one seed after the other");
    }
    bundles.push_back(bundle_of(one));
  }
  nlohmann::ordered_json summary = seed_summary(reports);
  fmt::print("{}", seed_table(summary));
  summary["provenance"] = provenance(bundles, static_cast<std::uint64_t>(seeds.front()));
  json.write(summary);
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
  verb->add_option("--seeds", command->seeds,
                   "Train once for each, into folders of their own; shows mean and deviation")
      ->type_name("S,...")
      ->delimiter(',')
      ->check(CLI::Range(1, 1'000'000));
  verb->add_option("--data", options.data,
                   "Folder with the data sets; $LACUNA_DATA or ./data if not given")
      ->type_name("DIR");
  command->json.add_to(*verb);
  verb->callback([command] { command->run(); });
}

}  // namespace lacuna::cli
