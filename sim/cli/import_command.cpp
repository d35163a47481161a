// SPDX-License-Identifier: Apache-2.0
// `lacuna import`: float weights, for example a PyTorch state_dict, into a bundle.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "golden/import.h"
#include "sim/cli/json_output.h"
#include "sim/report/table.h"

namespace lacuna::cli {
namespace {

struct ImportCommand {
  golden::ImportOptions options;
  JsonOutput json;

  void run() const;
};

std::string sparsity_cell(const nlohmann::json& layer) {
  return layer.contains("state_sparsity")
             ? fmt::format("{:.2f} %", 100 * layer.at("state_sparsity").get<double>())
             : "unknown";
}

void ImportCommand::run() const {
  const nlohmann::json report = golden::import_network(options);
  sim::Table table({{"layer", sim::Align::kLeft},
                    {"inputs"},
                    {"units"},
                    {"threshold"},
                    {"zero states"},
                    {"cell fraction bits"},
                    {"accumulator bits"}});
  for (const auto& layer : report.at("layers")) {
    table.add_row(
        {layer.at("name").get<std::string>(), layer.at("inputs").dump(), layer.at("units").dump(),
         fmt::format("{:.4g}", layer.at("threshold_real").get<double>()), sparsity_cell(layer),
         layer.at("cell_frac").dump(), layer.at("accumulator_bits").dump()});
  }
  fmt::print("{}\nBundle: {}\n", table.str(), options.bundle.string());
  json.write(report);
}

}  // namespace

void add_import_command(CLI::App& app) {
  CLI::App* verb = app.add_subcommand("import", "Quantise float weights into a bundle");
  const auto command = std::make_shared<ImportCommand>();
  golden::ImportOptions& options = command->options;
  verb->add_option("weights", options.weights,
                   "Safetensors file with the names of torch.nn.LSTM and torch.nn.Linear")
      ->type_name("")
      ->required();
  verb->add_option("--out", options.bundle, "The bundle to write")->type_name("FILE")->required();
  verb->add_option("--engine", options.engine, "Engine that shall run it: lstm")
      ->type_name("NAME")
      ->capture_default_str();
  verb->add_option("--calibrate", options.calibration,
                   "Text file or .npy array that the number formats are chosen on")
      ->type_name("FILE");
  verb->add_option("--threshold", options.threshold, "States smaller than this become zero")
      ->type_name("T");
  verb->add_option("--sparsity", options.sparsity,
                   "Or: share of states that shall become zero on the calibration data")
      ->type_name("S");
  verb->add_option("--task", options.task,
                   "characters, words, pixels, rows or generic, if the file does not say")
      ->type_name("TASK");
  command->json.add_to(*verb);
  verb->callback([command] { command->run(); });
}

}  // namespace lacuna::cli
