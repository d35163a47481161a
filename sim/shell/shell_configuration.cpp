// SPDX-License-Identifier: Apache-2.0
#include "sim/shell/shell_configuration.h"

#include "golden/error.h"

namespace lacuna::sim {

#include "shell_configurations.inc"

const ShellConfiguration& shell_configuration(const std::string& name) {
  std::string names;
  for (const ShellConfiguration& known : shell_configurations()) {
    if (known.name == name) return known;
    names += " " + known.name;
  }
  throw Error("shell " + name, "is not one of the build", "choose among" + names);
}

}  // namespace lacuna::sim
