// SPDX-License-Identifier: Apache-2.0
// `lacuna demo`: the whole way on the embedded default: train, quantise, golden, RTL, comparison,
// one table.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <fstream>
#include <memory>

#include "golden/bundle.h"
#include "golden/error.h"
#include "sim/cli/json_output.h"
#include "sim/cli/model_program.h"
#include "sim/cli/provenance.h"
#include "sim/compare/compare.h"
#include "sim/report/table.h"

namespace lacuna::cli {
namespace {

constexpr int kSteps = 50;
/// On every Debian; part of the text that the demo's network learns.
constexpr const char* kText = "/usr/share/common-licenses/GPL-3";

struct DemoCommand {
  std::filesystem::path out = "runs/demo";
  JsonOutput json;

  void run() const;
};

/// Bits per character of the test text, before and after quantisation.
struct Scores {
  double trained = 0, golden = 0;
};

Scores read_scores(const std::filesystem::path& report) {
  std::ifstream in(report);
  const auto document = nlohmann::json::parse(in, nullptr, false);
  const auto score = [&](const char* where) {
    const nlohmann::json::json_pointer pointer(where);
    if (document.is_discarded() || !document.contains(pointer)) {
      throw Error(report.string(), "holds no test score", "remove the folder and run again");
    }
    return document.at(pointer).get<double>();
  };
  return {score("/training/figures/test/score"), score("/integers/test/score")};
}

std::string table_of(const sim::EngineRun& dense, const sim::EngineRun& sparse,
                     const Scores& scores) {
  sim::Table table({{"what", sim::Align::kLeft}, {"skipping"}, {"not skipping"}});
  const auto row = [&](const std::string& what, const std::string& left,
                       const std::string& right = "") {
    table.add_row({what, left, right});
  };
  const auto both = [&](const std::string& what, const auto& figure) {
    row(what, figure(sparse.result, sparse.energy), figure(dense.result, dense.energy));
  };
  using Result = const sim::CosimResult&;
  using Energy = const sim::EngineEnergy&;
  const auto& layer = sparse.result.layers.front();
  row("float network, bits per character of test text", fmt::format("{:.3f}", scores.trained));
  row("golden integer network, the same", fmt::format("{:.3f}", scores.golden));
  row("zero states", fmt::format("{:.1f} %", 100.0 * static_cast<double>(layer.zero_states) /
                                                 static_cast<double>(layer.states)));
  both("state vectors of the RTL equal to golden",
       [](Result run, Energy) { return fmt::format("{}", run.vectors()); });
  both("units", [](Result run, Energy) { return fmt::format("{}", run.layers.front().units); });
  both("cycles, RTL", [](Result run, Energy) { return fmt::format("{}", run.cycles()); });
  both("cycles, model", [](Result run, Energy) { return fmt::format("{}", run.cycles_model()); });
  both("utilisation", [](Result run, Energy) { return fmt::format("{:.3f}", run.utilisation()); });
  both("energy, uJ (45 nm table, with main memory)",
       [](Result, Energy energy) { return fmt::format("{:.2f}", 1e6 * energy.total()); });
  row("speed-up", fmt::format("{:.2f}x", sim::speedup(dense, sparse)), "1.00x");
  row("less energy", fmt::format("{:.2f}x", sim::energy_ratio(dense, sparse)), "1.00x");
  both("kilocycles simulated a second",
       [](Result run, Energy) { return fmt::format("{:.0f}", run.kilocycles_per_second()); });
  return table.str();
}

void DemoCommand::run() const {
  fmt::print("Train: an LSTM of 128 units on the licence texts of Debian, states pruned (P3).\n");
  run_model_program({"train", "demo", "--out", out.string()});
  const std::filesystem::path file = out / "bundle.safetensors";
  const golden::Bundle bundle = golden::read_bundle(file);

  fmt::print(
      "\nRTL: {} steps of 8 streams on the reference engine, in SystemC, with and\n"
      "without skipping.\n\n",
      kSteps);
  const sim::Technology technology = sim::read_technology(sim::default_technology());
  sim::CompareRequest request;
  request.input.file = kText;
  request.input.steps = kSteps;
  request.configurations = {sim::configurations_for(bundle).back()};
  const sim::Comparison comparison = sim::compare(bundle, request, technology);
  const Scores scores = read_scores(out / "training.json");
  fmt::print("{}\nThe network: {}\n", table_of(comparison[0], comparison[1], scores),
             file.string());

  json.write({{"schema", "lacuna.demo/1"},
              {"float_bits_per_character", scores.trained},
              {"golden_bits_per_character", scores.golden},
              {"rows", sim::compare_rows(file.filename().string(), comparison, technology)},
              {"provenance", provenance({file, kText}, request.input.seed)}});
}

}  // namespace

void add_demo_command(CLI::App& app) {
  CLI::App* verb = app.add_subcommand("demo", "The whole way, on texts that every Debian has");
  const auto command = std::make_shared<DemoCommand>();
  verb->add_option("--out", command->out,
                   "Folder for the trained network; one that is there is used")
      ->type_name("DIR")
      ->capture_default_str();
  command->json.add_to(*verb);
  verb->callback([command] { command->run(); });
}

}  // namespace lacuna::cli
