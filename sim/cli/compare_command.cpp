// SPDX-License-Identifier: Apache-2.0
// `lacuna compare`: cycles, utilisation and energy of each engine beside its baseline.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "golden/atomic_file.h"
#include "golden/error.h"
#include "sim/cli/cosim_options.h"
#include "sim/cli/json_output.h"
#include "sim/cli/provenance.h"
#include "sim/compare/compare.h"
#include "sim/compare/facts.h"
#include "sim/compare/fc_compare.h"
#include "sim/compare/gate_rows.h"
#include "sim/compare/sc_compare.h"
#include "sim/ledger/ledger.h"
#include "sim/report/page.h"

namespace lacuna::cli {
namespace {

struct CompareCommand {
  std::vector<std::filesystem::path> bundles, inputs;
  SimulationOptions options;
  std::vector<int> batches;
  std::optional<std::filesystem::path> units_from;
  std::filesystem::path technology = sim::default_technology();
  std::optional<std::filesystem::path> html;
  JsonOutput json;

  void run();

 private:
  void run_fully_connected(const golden::Bundle& network, const std::string& name,
                           const sim::Technology& table);

  void run_stochastic(const golden::Bundle& network, const std::string& name,
                      const sim::Technology& table);
  void refuse_recurrent_options() const;
  /// Rows of the runs in their order, with the energy of gates where it is known.
  template <typename Run>
  void add_rows(nlohmann::ordered_json rows, const std::vector<Run>& runs);

  sim::GateTable gates_;
  nlohmann::ordered_json rows_ = nlohmann::ordered_json::array();
  std::vector<sim::ScEngineRun> stochastic_;  ///< shown together: each is a design of its own
};

void CompareCommand::refuse_recurrent_options() const {
  if (!batches.empty() || units_from || !options.names.empty()) {
    throw Error("--batches, --units-from, --config", "are of recurrent networks",
                "leave them out for others, whose images --batch counts");
  }
}

template <typename Run>
void CompareCommand::add_rows(nlohmann::ordered_json rows, const std::vector<Run>& runs) {
  for (std::size_t at = 0; at < runs.size(); ++at) {
    sim::add_gates(rows[at], gates_, runs[at]);
    rows[at]["cycles_by_class"] = sim::cycles_by_class(sim::to_json(runs[at].result));
    rows_.push_back(std::move(rows[at]));
  }
}

void CompareCommand::run_fully_connected(const golden::Bundle& network, const std::string& name,
                                         const sim::Technology& table) {
  refuse_recurrent_options();
  sim::FcPlatformOptions platform;
  platform.seed = options.input.seed;
  const auto runs =
      sim::compare_fc(network, sim::read_network_input(network, options.input), platform, table);
  fmt::print("{}{}", rows_.empty() ? "" : "\n", sim::fc_compare_table(name, runs));
  add_rows(sim::fc_compare_rows(name, runs, table), runs);
}

void CompareCommand::run_stochastic(const golden::Bundle& network, const std::string& name,
                                    const sim::Technology& table) {
  refuse_recurrent_options();
  stochastic_.push_back(sim::compare_sc(
      name, network, sim::read_network_input(network, options.input), options.input.seed, table));
}

void CompareCommand::run() {
  if (inputs.size() > 1 && inputs.size() != bundles.size())
    throw Error("--input", "is neither one nor one for each bundle", "repeat it in their order");
  const sim::Technology table = sim::read_technology(technology);
  gates_ = sim::read_gate_table(sim::default_gate_table());
  sim::CompareRequest request;
  request.units_from = units_from;
  request.batches = batches.empty() ? std::vector<int>{options.input.streams} : batches;

  std::vector<std::filesystem::path> files = bundles;
  for (const auto& input : inputs) {
    if (std::find(files.begin(), files.end(), input) == files.end()) files.push_back(input);
  }
  if (units_from) files.push_back(*units_from);
  nlohmann::ordered_json memory = nlohmann::ordered_json::array();
  nlohmann::ordered_json networks = nlohmann::ordered_json::array();
  for (std::size_t at = 0; at < bundles.size(); ++at) {
    const std::filesystem::path& bundle = bundles[at];
    if (!inputs.empty()) options.input.file = inputs[inputs.size() > 1 ? at : 0];
    request.input = options.input;
    const golden::Bundle network = golden::read_bundle(bundle);
    const std::string name = bundle.is_absolute() ? bundle.filename().string() : bundle.string();
    networks.push_back(sim::accuracy_of(name, network));
    if (sim::is_fully_connected(network)) {
      run_fully_connected(network, name, table);
      continue;
    }
    if (sim::is_stochastic(network)) {
      run_stochastic(network, name, table);
      continue;
    }
    options.finish(network);
    request.cosim = options.cosim;
    request.configurations = options.configurations(network);
    const sim::Comparison comparison = sim::compare(network, request, table);
    const auto stored = sim::memory_rows(name, network);
    fmt::print("{}{}{}", rows_.empty() ? "" : "\n", sim::compare_table(name, comparison),
               sim::memory_table(stored));
    add_rows(sim::compare_rows(name, comparison, table), comparison);
    memory.insert(memory.end(), stored.begin(), stored.end());
  }
  if (!stochastic_.empty()) {
    fmt::print("{}{}", rows_.empty() ? "" : "\n", sim::sc_compare_table(stochastic_));
    add_rows(sim::sc_compare_rows(stochastic_, table), stochastic_);
  }
  const sim::TechnologyEntry& logic = table.entries.front();
  fmt::print(
      "Energy: counted events x {} ({}, {} V), dynamic, with main\n"
      "memory; see docs/energy.md.\n",
      table.name, logic.node, logic.voltage);
  fmt::print("{}", sim::gates_text(rows_));
  nlohmann::ordered_json document{{"schema", "lacuna.compare/1"},
                                  {"rows", std::move(rows_)},
                                  {"memory", std::move(memory)},
                                  {"networks", std::move(networks)},
                                  {"provenance", provenance(files, options.input.seed)}};
  json.write(document);
  if (!html) return;
  document["claims"] =
      sim::ledger_json(sim::read_ledger(sim::published_claims(), sim::kept_results())).at("rows");
  write_file(*html, sim::page(sim::compare_template(), document));
}

}  // namespace

void add_compare_command(CLI::App& app) {
  CLI::App* verb =
      app.add_subcommand("compare", "Cycles and energy of each engine beside its baseline");
  const auto command = std::make_shared<CompareCommand>();
  verb->add_option("bundles", command->bundles, "The networks")->type_name("BUNDLE")->required();
  verb->add_option("--input", command->inputs,
                   std::string(kInputHelp) + "; one for all, or one for each bundle")
      ->allow_extra_args(false)
      ->type_name("FILE");
  command->options.add_to(*verb);
  verb->add_option("--batches", command->batches,
                   "Several batches, e.g. 1,2,4,8, in place of --batch")
      ->type_name("B,...")
      ->delimiter(',')
      ->check(CLI::Range(1, 64));
  verb->add_option("--units-from", command->units_from,
                   "Data on which always-zero units are found, which the baseline lacks; all of "
                   "--input if not given")
      ->type_name("FILE");
  verb->add_option("--technology", command->technology, "Table of energies, 45 nm if not given")
      ->type_name("FILE");
  verb->add_option("--html", command->html, "One page with tables and plots, nothing to load")
      ->type_name("FILE");
  command->json.add_to(*verb);
  verb->callback([command] { command->run(); });
}

}  // namespace lacuna::cli
