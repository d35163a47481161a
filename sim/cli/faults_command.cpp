// SPDX-License-Identifier: Apache-2.0
// `lacuna faults`: a network's error over the rate at which bits of its registers are wrong.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "golden/error.h"
#include "sim/cli/json_output.h"
#include "sim/cli/provenance.h"
#include "sim/network/fault_curve.h"
#include "sim/network/idx_images.h"
#include "sim/network/network_input.h"
#include "sim/silicon/quasi_synchronous.h"

namespace lacuna::cli {
namespace {

struct FaultsCommand {
  std::filesystem::path bundle, images, labels;
  int count = 10000;
  std::string site = "sums";
  sim::FaultRequest request;
  std::vector<double> voltages;
  JsonOutput json;

  void run();

 private:
  void write(const nlohmann::ordered_json& fields) const;
};

void FaultsCommand::write(const nlohmann::ordered_json& fields) const {
  nlohmann::ordered_json document{{"schema", "lacuna.faults/1"},
                                  {"bundle", bundle.filename().string()}};
  document.update(fields);
  document["provenance"] = provenance({bundle, images, labels}, request.seed);
  json.write(document);
}

void FaultsCommand::run() {
  if (request.rtl_images > count) throw Error("--rtl-images", "are more than --batch");
  request.site = sim::fault_site(site);
  const golden::Bundle network = golden::read_bundle(bundle);
  sim::InputRequest input;
  input.file = images;
  input.streams = count;
  const std::vector<std::int8_t> x = sim::images_of(sim::read_network_input(network, input));
  const std::vector<int> answers = sim::read_idx_labels(labels, count);
  if (!voltages.empty()) {
    const sim::QuasiSynchronous result = sim::quasi_synchronous(
        network, x, answers, voltages, request.seed, sim::read_library(sim::default_library()));
    fmt::print("{}", sim::to_table(result));
    write(sim::to_json(result));
    return;
  }
  const sim::FaultCurve curve = sim::fault_curve(network, x, answers, request);
  fmt::print("{}", sim::to_table(curve));
  write(sim::to_json(curve));
  for (const sim::FaultCheck& check : curve.checks) {
    if (!check.difference.empty()) throw CheckFailed(check.difference);
  }
}

}  // namespace

void add_faults_command(CLI::App& app) {
  CLI::App* verb =
      app.add_subcommand("faults", "A network's error where bits of its registers are wrong");
  const auto command = std::make_shared<FaultsCommand>();
  sim::FaultRequest& request = command->request;
  request.rates = {0,    1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2,
                   3e-2, 5e-2, 0.1,  0.15, 0.2,  0.25, 0.3};
  request.rtl_rates = {1e-4, 1e-2, 0.2};
  request.rtl_images = 20;
  verb->add_option("bundle", command->bundle, "A stochastic or fully-connected network")
      ->type_name("BUNDLE")
      ->required();
  verb->add_option("--input", command->images, "Images in MNIST's format")
      ->type_name("FILE")
      ->required();
  verb->add_option("--labels", command->labels, "Their labels")->type_name("FILE")->required();
  verb->add_option("--batch", command->count, "Number of images for golden")
      ->type_name("N")
      ->check(CLI::Range(1, 1000000))
      ->capture_default_str();
  verb->add_option("--site", command->site, "sums of neurons, or bits from layer to layer")
      ->type_name("NAME")
      ->capture_default_str();
  verb->add_option("--rates", request.rates, "Rates at which golden runs")
      ->type_name("P")
      ->delimiter(',')
      ->check(CLI::Range(0.0, 1.0));
  verb->add_option("--rtl-rates", request.rtl_rates, "Rates at which RTL runs, too")
      ->type_name("P")
      ->delimiter(',')
      ->check(CLI::Range(0.0, 1.0));
  verb->add_option("--rtl-images", request.rtl_images, "Number of images for RTL")
      ->type_name("N")
      ->check(CLI::Range(1, 10000))
      ->capture_default_str();
  verb->add_option("--voltages", command->voltages,
                   "Instead of rates: supplies at which sums are late at the same clock")
      ->type_name("V")
      ->delimiter(',');
  verb->add_option("--seed", request.seed, "Of flips and streams")
      ->type_name("S")
      ->capture_default_str();
  command->json.add_to(*verb);
  verb->callback([command] { command->run(); });
}

}  // namespace lacuna::cli
