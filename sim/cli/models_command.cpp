// SPDX-License-Identifier: Apache-2.0
// `lacuna data` and `lacuna train` as seen from the main program: handed over with all their
// arguments.
#include <CLI/CLI.hpp>
#include <string>
#include <utility>
#include <vector>

#include "sim/cli/model_program.h"

namespace lacuna::cli {

void add_models_command(CLI::App& app) {
  for (const auto& [name, about] : {std::pair{"data", kDataAbout}, {"train", kTrainAbout}}) {
    CLI::App* verb = app.add_subcommand(name, about);
    verb->set_help_flag();  // the other program knows the options
    verb->prefix_command();
    verb->callback([verb] {
      std::vector<std::string> arguments{verb->get_name()};
      for (const std::string& argument : verb->remaining()) arguments.push_back(argument);
      become_model_program(std::move(arguments));
    });
  }
}

}  // namespace lacuna::cli
