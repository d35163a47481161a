// SPDX-License-Identifier: Apache-2.0
#include "sim/silicon/gate_energy.h"

#include "sim/silicon/net_loads.h"

namespace lacuna::sim {
namespace {

constexpr double kTransition = 1e-10;  ///< second, at which tables are read

}  // namespace

GateEnergy gate_energy(const Netlist& netlist, const Library& library, const GateActivity& activity,
                       const WireModel& wires, const SramModel& sram, double hertz) {
  const std::vector<double> farad = net_loads(netlist, wires);
  const double volts = library.voltage * library.voltage;
  const auto cycles = static_cast<double>(activity.cycles);
  const auto toggles = [&](Net net) { return static_cast<double>(activity.toggles[net]); };
  GateEnergy energy;
  energy.modules.resize(netlist.modules.size());

  // A net is charged for by what drives it; an input's by the top.
  const auto net_energy = [&](Net net) { return toggles(net) * farad[net] * volts / 2; };
  for (const NetlistPort& port : netlist.ports) {
    for (const Net net : port.bits) {
      if (port.output) continue;
      energy.gates += net_energy(net);
      energy.modules.front() += net_energy(net);
    }
  }
  const double clock_wire = wires.capacitance(2) - wires.capacitance(1);  // of one more sink
  for (const NetlistCell& cell : netlist.cells) {
    const bool flip_flop = cell.type->kind == CellKind::kFlipFlop;
    double dynamic = 0;
    for (std::size_t at = 0; at < cell.pins.size(); ++at) {
      const LibertyPin& pin = cell.type->pins[at];
      const Net net = cell.pins[at];
      if (flip_flop && at == cell.type->clock) {
        const double edges = 2 * pin.energy.toggle(0, kTransition);
        const double spent = cycles * (edges + (pin.capacitance + clock_wire) * volts);
        energy.clock += spent;
        energy.modules[cell.module] += spent;
        continue;
      }
      dynamic += toggles(net) * pin.energy.toggle(pin.output ? farad[net] : 0, kTransition);
      if (pin.output) dynamic += net_energy(net);
    }
    (flip_flop ? energy.registers : energy.gates) += dynamic;
    const double leakage = cell.type->leakage * cycles / hertz;
    energy.leakage += leakage;
    energy.modules[cell.module] += dynamic + leakage;
  }
  for (std::size_t at = 0; at < netlist.memories.size(); ++at) {
    const NetlistMemory& memory = netlist.memories[at];
    const MemoryActivity& did = activity.memories[at];
    const double accesses = static_cast<double>(did.reads + did.writes) * sram.access(memory);
    double data = 0;
    for (const NetlistReadPort& port : memory.reads) {
      for (const Net net : port.data) data += net_energy(net);
    }
    energy.memories += accesses;
    energy.registers += data;
    energy.modules[memory.module] += accesses + data;
  }
  return energy;
}

}  // namespace lacuna::sim
