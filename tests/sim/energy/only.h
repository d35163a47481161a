// SPDX-License-Identifier: Apache-2.0
// Technology tables in which one event alone costs something: 1 pJ.
#pragma once

#include <string>

#include "sim/energy/technology.h"

namespace lacuna::sim {

inline Technology only(const std::string& entry) {
  Technology technology;
  for (const char* name : {"add", "multiply", "sram", "dram"}) {
    technology.entries.push_back({name, entry == name ? 1.0 : 0.0, "", "", "", "", 0});
  }
  return technology;
}

}  // namespace lacuna::sim
