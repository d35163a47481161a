// SPDX-License-Identifier: Apache-2.0
// `lacuna silicon`: area, timing and energy of a design's gates, which run beside golden.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <charconv>
#include <memory>

#include "golden/atomic_file.h"
#include "golden/error.h"
#include "sim/cli/json_output.h"
#include "sim/cli/provenance.h"
#include "sim/silicon/characterise.h"
#include "sim/silicon/neurons.h"
#include "sim/silicon/silicon.h"
#include "sim/silicon/wide_states.h"

namespace lacuna::cli {
namespace {

struct SiliconCommand {
  std::vector<std::string> designs, settings;
  std::vector<std::filesystem::path> networks;
  std::filesystem::path library = sim::default_library();
  std::optional<std::filesystem::path> characterised;
  std::optional<int> neurons;
  std::optional<double> megahertz;
  bool wide_states = false;
  sim::SiliconOptions options;
  JsonOutput json;

  void run();

 private:
  std::vector<sim::SiliconDesign> chosen() const;
  void run_neurons(const sim::Library& cells, const sim::Technology& technology);
  void characterise(const sim::Library& cells, const sim::Technology& technology) const;
};

/// Each of several takes from seconds to minutes.
void announce(const std::string& name, std::size_t at, std::size_t of) {
  if (of > 1) fmt::print(stderr, "[{}/{}] {}\n", at + 1, of, name);
}

/// "Name=7"
std::pair<std::string, int> setting(const std::string& text) {
  const std::size_t equals = text.find('=');
  const std::string number = equals == std::string::npos ? "" : text.substr(equals + 1);
  const char* const end = number.data() + number.size();
  int value = 0;
  const auto [rest, error] = std::from_chars(number.data(), end, value);
  if (error != std::errc() || rest != end)
    throw Error("--set " + text, "is no setting", "write PARAMETER=NUMBER");
  return {text.substr(0, equals), value};
}

std::vector<sim::SiliconDesign> SiliconCommand::chosen() const {
  std::vector<sim::SiliconDesign> found;
  for (const std::string& name : designs) {
    found.push_back(sim::find_design(name));
    for (const std::string& text : settings) {
      const auto [parameter, value] = setting(text);
      found.back().set(parameter, value);
    }
    const bool needs_engine = !networks.empty() || options.workload.input.file;
    if (needs_engine && !found.back().engine)
      throw Error("--network, --input", "are of engines",
                  found.back().top + " has a workload of its own");
  }
  return found;
}

void SiliconCommand::run_neurons(const sim::Library& cells, const sim::Technology& technology) {
  if (networks.empty() || !designs.empty())
    throw Error("--neurons", "is of networks", "name them with --network, and no TOP");
  std::vector<sim::NetworkSilicon> results;
  for (const auto& file : networks) {
    announce(file.filename().string(), results.size(), networks.size());
    const golden::Bundle network = golden::read_bundle(file);
    const sim::NetworkInput input = sim::read_network_input(network, options.workload.input);
    results.push_back(sim::measure_neurons(file.filename().string(), network, input, *neurons,
                                           cells, technology, options));
  }
  fmt::print("{}", sim::to_table(results));
  nlohmann::ordered_json rows = nlohmann::ordered_json::array();
  for (const auto& result : results) {
    rows.push_back(sim::to_json(result));
    rows.back()["area_relative"] = result.area() / results.front().area();
    rows.back()["energy_relative"] = result.energy() / results.front().energy();
  }
  std::vector<std::filesystem::path> files{library};
  files.insert(files.end(), networks.begin(), networks.end());
  if (options.workload.input.file) files.push_back(*options.workload.input.file);
  json.write({{"schema", "lacuna.silicon/1"},
              {"rows", std::move(rows)},
              {"provenance", provenance(files, options.workload.input.seed)}});
}

void SiliconCommand::characterise(const sim::Library& cells,
                                  const sim::Technology& technology) const {
  if (!networks.empty() || options.workload.input.file || wide_states)
    throw Error("--characterise", "draws its workloads and writes the table alone",
                "leave out --network, --input and --wide-states");
  sim::GateTable table;
  if (std::filesystem::exists(*characterised)) table = sim::read_gate_table(*characterised);
  if (!table.entries.empty() &&
      (table.library != cells.name || table.nanometre != options.nanometre))
    throw Error(characterised->string(),
                fmt::format("is of {} at {:.0f} nm", table.library, table.nanometre),
                "name another file");
  table.library = cells.name;
  table.voltage = cells.voltage;
  table.nanometre = options.nanometre;
  for (const auto& design : chosen()) {
    table.put(sim::characterise(design, cells, technology, options));
    const sim::GateTableEntry& made = *table.find(design.top, design.name);
    fmt::print("{}: within {:.1f} % of the gates in {} drawn workloads\n", design.full_name(),
               100 * made.largest_error(), made.errors.size());
    write_file(*characterised, sim::to_toml(table));
  }
}

void SiliconCommand::run() {
  if (megahertz) options.hertz = *megahertz * 1e6;
  const std::vector<sim::SiliconDesign> chosen = this->chosen();
  const sim::Library cells = sim::read_library(library);
  const sim::Technology technology = sim::read_technology(sim::default_technology());
  if (neurons) {
    run_neurons(cells, technology);
    return;
  }
  if (designs.empty()) throw Error("silicon", "needs a design", "name a TOP, or --neurons");
  if (characterised) {
    characterise(cells, technology);
    return;
  }
  if (networks.size() > 1 && networks.size() != designs.size())
    throw Error("--network", "is neither one nor one for each design", "repeat it in their order");
  const sim::GateTable fast = sim::read_gate_table(sim::default_gate_table());
  std::vector<sim::SiliconResult> results;
  for (std::size_t at = 0; at < chosen.size(); ++at) {
    announce(chosen[at].full_name(), at, chosen.size());
    if (!networks.empty()) options.workload.network = networks[networks.size() > 1 ? at : 0];
    results.push_back(sim::measure(chosen[at], cells, technology, options));
    results.back().compare_with(fast);
    if (wide_states)
      results.back().wide_states =
          sim::with_wide_states(results.back(), cells, technology, options);
  }
  fmt::print("{}", sim::to_table(results));

  nlohmann::ordered_json document{{"schema", "lacuna.silicon/1"}};
  if (results.size() == 1) {
    document.update(sim::to_json(results.front()));
  } else {
    document["rows"] = nlohmann::ordered_json::array();
    for (const auto& result : results) {
      nlohmann::ordered_json row = sim::to_json(result);
      row.update(sim::relative_json(result, results.front()));
      document["rows"].push_back(std::move(row));
    }
  }
  std::vector<std::filesystem::path> files{library};
  files.insert(files.end(), networks.begin(), networks.end());
  if (options.workload.input.file) files.push_back(*options.workload.input.file);
  document["provenance"] = provenance(files, options.workload.input.seed);
  json.write(document);
  for (const auto& result : results) {
    if (!result.run.difference.empty()) throw CheckFailed(result.run.difference);
  }
}

}  // namespace

void add_silicon_command(CLI::App& app) {
  CLI::App* verb = app.add_subcommand("silicon", "Area, timing and energy of a design's gates");
  const auto command = std::make_shared<SiliconCommand>();
  verb->add_option("designs", command->designs,
                   "Tops, or TOP:NAME; several are shown beside the first")
      ->type_name("TOP");
  verb->add_option("--set", command->settings, "A parameter of the RTL, of parts")
      ->type_name("P=N")
      ->allow_extra_args(false);
  verb->add_option("--liberty", command->library, "Cells; OSU018 of Debian if not given")
      ->type_name("FILE");
  verb->add_option("--node", command->options.nanometre,
                   "The library's feature size in nm, for wires and memories")
      ->check(CLI::Range(5.0, 1000.0))
      ->type_name("NM")
      ->capture_default_str();
  verb->add_option(
          "--characterise", command->characterised,
          "Instead: fit the fast tier of these engines to drawn workloads, into this table")
      ->type_name("FILE");
  verb->add_option("--clock", command->megahertz,
                   "The clock, which the gates must meet; their fmax if not given")
      ->check(CLI::PositiveNumber)
      ->type_name("MHZ");
  verb->add_option("--neurons", command->neurons,
                   "Instead: networks that are fully parallel, by so many neurons of each layer")
      ->check(CLI::Range(1, 4096))
      ->type_name("N");
  verb->add_flag("--wide-states", command->wide_states,
                 "Of the recurrent engine: also with states of 12 bits, by exchange of its "
                 "processing elements");
  verb->add_option("--cells-up-to", command->options.cells_up_to,
                   "Arrays of more bits are SRAM, others cells")
      ->type_name("BITS")
      ->capture_default_str();
  sim::WorkloadRequest& workload = command->options.workload;
  verb->add_option("--network", command->networks,
                   "What engines run, one for all or one for each; drawn if not given")
      ->allow_extra_args(false)
      ->type_name("BUNDLE");
  verb->add_option("--input", workload.input.file, "Its input; random if not given")
      ->type_name("FILE");
  verb->add_option("--steps", workload.input.steps, "Time steps of a recurrent network")
      ->check(CLI::NonNegativeNumber)
      ->type_name("N");
  verb->add_option("--batch", workload.input.streams, "Streams or images of the network")
      ->check(CLI::Range(1, 64))
      ->type_name("N")
      ->capture_default_str();
  verb->add_option("--seed", workload.input.seed, "Of everything random")
      ->type_name("S")
      ->capture_default_str();
  command->json.add_to(*verb);
  verb->callback([command] { command->run(); });
}

}  // namespace lacuna::cli
