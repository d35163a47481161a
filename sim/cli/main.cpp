// SPDX-License-Identifier: Apache-2.0
// The command line: one verb a file, exit status 0 done, 1 a check failed, 2 bad input.
#include <CLI/CLI.hpp>
#include <memory>
#include <stdexcept>
#include <string>

#include "sim/cli/exit_status.h"
#include "sim/cli/help_formatter.h"
#include "sim/cli/provenance.h"

namespace lacuna::cli {

#define LACUNA_VERB(verb) void add_##verb##_command(CLI::App& app);
#include "verbs.inc"
#undef LACUNA_VERB

namespace {

void add_verbs(CLI::App& app) {
#define LACUNA_VERB(verb) add_##verb##_command(app);
#include "verbs.inc"
#undef LACUNA_VERB
}

/// "lacuna train --help" if the verb was recognised, else "lacuna --help".
std::string help_command(const CLI::App& app) {
  std::string command = "lacuna ";
  for (const CLI::App* verb : app.get_subcommands()) command += verb->get_name() + ' ';
  return command + "--help";
}

void run(int argc, const char* const* argv) {
  CLI::App app("lacuna: hardware that skips what does not matter.\n", "lacuna");
  app.formatter(std::make_shared<HelpFormatter>());
  app.get_formatter()->label("SUBCOMMAND", "VERB");
  app.set_version_flag("--version", "lacuna " LACUNA_VERSION);
  app.require_subcommand(1);
  add_verbs(app);
  for (CLI::App* verb : app.get_subcommands({})) verb->group("Verbs");
  app.footer(
      "The launcher adds: ./lacuna test, which builds and runs every test.\n"
      "Exit status: 0 done, 1 a check failed, 2 bad input.");
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& answered) {  // --help, --version
    app.exit(answered);
  } catch (const CLI::ParseError& error) {
    throw std::invalid_argument(std::string(error.what()) + "; see " + help_command(app));
  }
}

}  // namespace
}  // namespace lacuna::cli

int main(int argc, char** argv) {
  lacuna::cli::remember_command(argc, argv);
  return lacuna::cli::exit_status_of([&] { lacuna::cli::run(argc, argv); });
}
