// SPDX-License-Identifier: Apache-2.0
// `lacuna regress`: random layers of odd sizes against golden and the cycle model, with stalls and
// resets.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "golden/atomic_file.h"
#include "golden/error.h"
#include "golden/progress.h"
#include "sim/cli/json_output.h"
#include "sim/cli/provenance.h"
#include "sim/regress/regression.h"

namespace lacuna::cli {
namespace {

struct RegressCommand {
  std::string engine = "lstm";
  int vectors = 40;
  std::uint64_t seed = 1;
  std::filesystem::path junit;
  JsonOutput json;

  void run() const;
};

void RegressCommand::run() const {
  const sim::RegressionFunction run_case = sim::regression_of(engine);
  std::vector<sim::RegressionOutcome> outcomes;
  {
    Progress progress("regress", static_cast<std::uint64_t>(vectors), "cases");
    for (int index = 0; index < vectors; ++index) {
      outcomes.push_back(run_case(seed, index));
      progress.advance();
    }
  }
  std::string first;
  std::uint64_t compared = 0, cycles = 0, failed = 0;
  nlohmann::ordered_json failures = nlohmann::ordered_json::array();
  for (const auto& outcome : outcomes) {
    compared += outcome.vectors;
    cycles += outcome.cycles;
    if (outcome.failure.empty()) continue;
    ++failed;
    failures.push_back({{"case", outcome.name}, {"failure", outcome.failure}});
    if (first.empty()) first = outcome.name + ": " + outcome.failure;
  }
  fmt::print(
      "{} cases, seed {}, stalls of 0, 25, 50 and 75 %: {} failed; {} vectors compared in {} "
      "cycles.\n",
      outcomes.size(), seed, failed, compared, cycles);
  if (!junit.empty()) write_file(junit, sim::to_junit(engine, outcomes));
  json.write({{"schema", "lacuna.regress/1"},
              {"engine", engine},
              {"seed", seed},
              {"cases", outcomes.size()},
              {"failed", failed},
              {"vectors_compared", compared},
              {"cycles", cycles},
              {"failures", failures},
              {"provenance", provenance({}, seed)}});
  if (failed > 0) throw CheckFailed(first);
}

}  // namespace

void add_regress_command(CLI::App& app) {
  CLI::App* verb = app.add_subcommand("regress", "Random odd sizes in RTL, with stalls and resets");
  const auto command = std::make_shared<RegressCommand>();
  verb->add_option("--engine", command->engine,
                   fmt::format("One of: {}", fmt::join(sim::regression_engines(), ", ")))
      ->type_name("NAME")
      ->capture_default_str();
  verb->add_option("--vectors", command->vectors, "Number of random layers")
      ->type_name("N")
      ->check(CLI::Range(1, 1000000))
      ->capture_default_str();
  verb->add_option("--seed", command->seed, "Of everything that is drawn")
      ->type_name("S")
      ->capture_default_str();
  verb->add_option("--junit", command->junit, "Also write the result as JUnit XML")
      ->type_name("FILE");
  command->json.add_to(*verb);
  verb->callback([command] { command->run(); });
}

}  // namespace lacuna::cli
