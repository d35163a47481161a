// SPDX-License-Identifier: Apache-2.0
#include "sim/cli/cosim_options.h"

namespace lacuna::cli {

void SimulationOptions::add_to(CLI::App& verb) {
  verb.add_option("--steps", input.steps,
                  "Steps of each stream; 50, or all of an image, if not given")
      ->type_name("N")
      ->check(CLI::Range(1, 65535));
  verb.add_option("--batch", input.streams, "Streams at once, or images")
      ->type_name("B")
      ->check(CLI::Range(1, 65535))
      ->capture_default_str();
  verb.add_option("--seed", input.seed, "Of the random input, stalls, jitter and unset registers")
      ->type_name("S")
      ->capture_default_str();
  verb.add_option("--config", names,
                  "Named configuration of the engine, compare takes several; those of the bundle's "
                  "weights if not given")
      ->type_name("NAME,...")
      ->delimiter(',');
  verb.add_option("--latency", cosim.latency, "Cycles from a weight command to its first word")
      ->type_name("N")
      ->check(CLI::Range(1, 10000))
      ->capture_default_str();
}

std::vector<sim::LstmConfiguration> SimulationOptions::configurations(
    const golden::Bundle& bundle) const {
  if (names.empty()) return sim::configurations_for(bundle);
  std::vector<sim::LstmConfiguration> all;
  for (const std::string& name : names) all.push_back(sim::lstm_configuration(name));
  return all;
}

void SimulationOptions::finish(const golden::Bundle& bundle) {
  cosim.configuration = configurations(bundle).back();
  cosim.simulator = sim::simulator_of(simulator);
  cosim.platform.seed = input.seed;
}

}  // namespace lacuna::cli
