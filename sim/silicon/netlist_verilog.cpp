// SPDX-License-Identifier: Apache-2.0
#include "sim/silicon/netlist_verilog.h"

#include <fmt/format.h>

#include <fstream>
#include <set>

#include "golden/error.h"

namespace lacuna::sim {

std::string net_name(Net net) { return fmt::format("n{}", net); }

void write_verilog(const std::filesystem::path& file, const Netlist& netlist) {
  std::set<Net> inputs, outputs;
  for (const NetlistPort& port : netlist.ports)
    (port.output ? outputs : inputs).insert(port.bits.begin(), port.bits.end());
  for (const NetlistMemory& memory : netlist.memories) {
    for (const NetlistReadPort& port : memory.reads) {
      inputs.insert(port.data.begin(), port.data.end());
      outputs.insert(port.address.begin(), port.address.end());
      outputs.insert(port.enable);
    }
    for (const NetlistWritePort& port : memory.writes) {
      for (const auto* nets : {&port.enable, &port.address, &port.data})
        outputs.insert(nets->begin(), nets->end());
    }
  }
  for (const Net net : inputs) outputs.erase(net);
  inputs.insert({kNetZero, kNetOne});
  outputs.erase(outputs.begin(), outputs.upper_bound(kNetOne));

  std::ofstream out(file);
  out << "module " << netlist.top << "(";
  const char* comma = "";
  for (const auto* nets : {&inputs, &outputs}) {
    for (const Net net : *nets) {
      out << comma << net_name(net);
      comma = ", ";
    }
  }
  out << ");\n";
  for (const Net net : inputs) out << "input " << net_name(net) << ";\n";
  for (const Net net : outputs) out << "output " << net_name(net) << ";\n";
  for (std::size_t at = 0; at < netlist.cells.size(); ++at) {
    const NetlistCell& cell = netlist.cells[at];
    out << cell.type->name << " c" << at << " (";
    for (std::size_t pin = 0; pin < cell.pins.size(); ++pin)
      out << (pin == 0 ? "." : ", .") << cell.type->pins[pin].name << '('
          << net_name(cell.pins[pin]) << ')';
    out << ");\n";
  }
  out << "endmodule\n";
  if (!out.flush())
    throw Error(file.string(), "cannot be written", "set TMPDIR to a folder with space");
}

}  // namespace lacuna::sim
