// SPDX-License-Identifier: Apache-2.0
// `lacuna cosim`: a bundle in RTL against golden, every state vector of every step, and against the
// cycle model.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "golden/error.h"
#include "sim/cli/cosim_options.h"
#include "sim/cli/json_output.h"
#include "sim/cli/provenance.h"
#include "sim/network/fc_cosim.h"
#include "sim/network/sc_cosim.h"

namespace lacuna::cli {
namespace {

struct CosimCommand {
  std::filesystem::path bundle;
  SimulationOptions options;
  JsonOutput json;
  bool dense = false;

  void run();

 private:
  void run_recurrent(const golden::Bundle& network);
  void run_fully_connected(const golden::Bundle& network);
  void run_stochastic(const golden::Bundle& network);
  void write(nlohmann::ordered_json fields, const std::string& difference) const;
};

void CosimCommand::run() {
  const golden::Bundle network = golden::read_bundle(bundle);
  if (sim::is_fully_connected(network)) {
    run_fully_connected(network);
  } else if (sim::is_stochastic(network)) {
    run_stochastic(network);
  } else {
    run_recurrent(network);
  }
}

/// Writes what was found, and fails if something differs.
void CosimCommand::write(nlohmann::ordered_json fields, const std::string& difference) const {
  nlohmann::ordered_json all{{"schema", "lacuna.cosim/1"}, {"bundle", bundle.filename().string()}};
  all.update(fields);
  std::vector<std::filesystem::path> files{bundle};
  if (options.input.file) files.push_back(*options.input.file);
  all["provenance"] = provenance(files, options.input.seed);
  json.write(all);
  if (!difference.empty()) throw CheckFailed(difference);
}

void CosimCommand::run_recurrent(const golden::Bundle& network) {
  if (options.names.size() > 1) {
    throw Error("--config", "names several configurations", "name one, or use compare");
  }
  options.finish(network);
  const sim::NetworkInput input = sim::read_network_input(network, options.input);
  const sim::CosimResult result = sim::cosimulate(network, input, options.cosim);
  fmt::print("{}", sim::to_table(result));

  nlohmann::ordered_json fields = sim::to_json(result);
  std::string difference = result.difference();
  if (dense && difference.empty()) {
    sim::CosimOptions baseline = options.cosim;
    baseline.configuration = sim::dense_twin(options.cosim.configuration);
    baseline.platform.wave.clear();
    const sim::CosimResult all = sim::cosimulate(network, input, baseline);
    const double speedup = static_cast<double>(all.cycles()) / static_cast<double>(result.cycles());
    fmt::print(
        "Without skipping: {} cycles, utilisation {:.4f}; skipping is {:.2f} times faster.\n",
        all.cycles(), all.utilisation(), speedup);
    fields["dense"] = sim::to_json(all);
    fields["speedup"] = speedup;
    difference = all.difference();
  }
  write(std::move(fields), difference);
}

void CosimCommand::run_fully_connected(const golden::Bundle& network) {
  if (options.cosim.platform.jitter != 0 || options.cosim.latency != 1) {
    throw Error("--jitter, --latency", "are of a memory that fully-connected engines have not",
                "use --stall");
  }
  sim::FcCosimOptions cosim;
  cosim.simulator = sim::simulator_of(options.simulator);
  cosim.kind = sim::fastest_kind(network);
  for (const std::string& name : options.names)
    cosim.configurations.push_back(sim::fc_configuration(name));
  cosim.platform.stall = options.cosim.platform.stall;
  cosim.platform.seed = options.input.seed;
  cosim.platform.wave = options.cosim.platform.wave;
  const sim::NetworkInput input = sim::read_network_input(network, options.input);
  const sim::FcCosimResult result = sim::cosimulate_fc(network, input, cosim);
  fmt::print("{}", sim::to_table(result));

  nlohmann::ordered_json fields = sim::to_json(result);
  std::string difference = result.difference;
  if (dense && difference.empty() && !sim::fits(network, sim::FcKind::kDense)) {
    fmt::print("No engine without a mask holds this network.\n");
  } else if (dense && difference.empty()) {
    cosim.kind = sim::FcKind::kDense;
    cosim.configurations.clear();
    cosim.platform.wave.clear();
    const sim::FcCosimResult all = sim::cosimulate_fc(network, input, cosim);
    const double speedup = static_cast<double>(all.cycles) / static_cast<double>(result.cycles);
    fmt::print("Without a mask: {} cycles, {:.2f} times as many.\n", all.cycles, speedup);
    fields["dense"] = sim::to_json(all);
    fields["speedup"] = speedup;
    difference = all.difference;
  }
  write(std::move(fields), difference);
}

void CosimCommand::run_stochastic(const golden::Bundle& network) {
  if (options.cosim.platform.jitter != 0 || options.cosim.latency != 1) {
    throw Error("--jitter, --latency", "are of a memory that the stochastic engine has not",
                "use --stall");
  }
  if (dense) throw Error("--dense", "the stochastic engine skips nothing");
  if (options.names.size() > 1) throw Error("--config", "names several configurations");
  sim::ScCosimOptions cosim;
  cosim.simulator = sim::simulator_of(options.simulator);
  if (!options.names.empty()) cosim.configuration = sim::sc_configuration(options.names.front());
  cosim.platform.stall = options.cosim.platform.stall;
  cosim.platform.seed = options.input.seed;
  cosim.platform.wave = options.cosim.platform.wave;
  const sim::NetworkInput input = sim::read_network_input(network, options.input);
  const sim::ScCosimResult result = sim::cosimulate_sc(network, input, cosim);
  fmt::print("{}", sim::to_table(result));
  write(sim::to_json(result), result.difference);
}

}  // namespace

void add_cosim_command(CLI::App& app) {
  CLI::App* verb =
      app.add_subcommand("cosim", "Run a bundle in RTL and compare every state with golden");
  const auto command = std::make_shared<CosimCommand>();
  verb->add_option("bundle", command->bundle, "The network")->type_name("BUNDLE")->required();
  verb->add_option("--input", command->options.input.file, kInputHelp)->type_name("FILE");
  command->options.add_to(*verb);
  sim::PlatformOptions& platform = command->options.cosim.platform;
  verb->add_option("--stall", platform.stall, "Probability with which each port pauses in a cycle")
      ->type_name("P")
      ->check(CLI::Range(0.0, 0.95));
  verb->add_option("--jitter", platform.jitter, "Up to so many cycles of latency more, at random")
      ->type_name("N")
      ->check(CLI::Range(0, 10000));
  verb->add_option("--wave", platform.wave, "Write every signal to this FST file")
      ->type_name("FILE");
  verb->add_option("--simulator", command->options.simulator, "verilator or icarus")
      ->type_name("NAME")
      ->capture_default_str();
  verb->add_flag("--dense", command->dense,
                 "Also run the engine that skips nothing, or has no mask, for the speed-up");
  command->json.add_to(*verb);
  verb->callback([command] { command->run(); });
}

}  // namespace lacuna::cli
