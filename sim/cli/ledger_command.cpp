// SPDX-License-Identifier: Apache-2.0
// `lacuna ledger`: every published claim beside what was measured.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "sim/cli/json_output.h"
#include "sim/ledger/ledger.h"

namespace lacuna::cli {

void add_ledger_command(CLI::App& app) {
  CLI::App* verb = app.add_subcommand("ledger", "Every published claim beside what was measured");
  const auto json = std::make_shared<JsonOutput>();
  json->add_to(*verb);
  verb->callback([json] {
    const auto rows = sim::read_ledger(sim::published_claims(), sim::kept_results());
    fmt::print("{}", sim::ledger_text(rows));
    json->write(sim::ledger_json(rows));
  });
}

}  // namespace lacuna::cli
