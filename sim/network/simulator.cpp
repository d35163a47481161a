// SPDX-License-Identifier: Apache-2.0
#include "sim/network/simulator.h"

#include "golden/error.h"

namespace lacuna::sim {

Simulator simulator_of(const std::string& name) {
  if (name == "verilator") return Simulator::kVerilator;
  if (name == "icarus") return Simulator::kIcarus;
  throw Error("--simulator " + name, "is not known", "take verilator or icarus");
}

std::string name_of(Simulator simulator) {
  return simulator == Simulator::kIcarus ? "icarus" : "verilator";
}

}  // namespace lacuna::sim
