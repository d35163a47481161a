// SPDX-License-Identifier: Apache-2.0
#include "sim/silicon/net_loads.h"

namespace lacuna::sim {

std::vector<double> net_loads(const Netlist& netlist, const WireModel& wires) {
  std::vector<double> farad(netlist.nets);
  std::vector<std::size_t> sinks(netlist.nets);
  for (const NetlistCell& cell : netlist.cells) {
    for (std::size_t pin = 0; pin < cell.pins.size(); ++pin) {
      farad[cell.pins[pin]] += cell.type->pins[pin].capacitance;
      if (!cell.type->pins[pin].output) ++sinks[cell.pins[pin]];
    }
  }
  const auto count = [&](const std::vector<Net>& nets) {
    for (const Net net : nets) ++sinks[net];
  };
  for (const NetlistPort& port : netlist.ports) {
    if (port.output) count(port.bits);
  }
  for (const NetlistMemory& memory : netlist.memories) {
    for (const NetlistReadPort& port : memory.reads) {
      count({port.enable});
      count(port.address);
    }
    for (const NetlistWritePort& port : memory.writes) {
      count(port.enable);
      count(port.address);
      count(port.data);
    }
  }
  for (Net net = 0; net < netlist.nets; ++net) farad[net] += wires.capacitance(sinks[net]);
  return farad;
}

}  // namespace lacuna::sim
