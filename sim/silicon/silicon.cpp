// SPDX-License-Identifier: Apache-2.0
#include "sim/silicon/silicon.h"

#include <map>
#include <optional>
#include <tuple>

#include "sim/silicon/buffer_tree.h"
#include "sim/silicon/timed_simulation.h"

namespace lacuna::sim {
namespace {

/// An array and what holds it, from the path of instances or the module alone. Yosys makes nameless
/// arrays of tables that are written as cases.
std::string short_name(const std::string& module, const std::string& path) {
  if (path.find('$') != std::string::npos) return module + " table";
  const std::size_t last = path.rfind('.');
  if (last == std::string::npos) return module + "." + path;
  const std::size_t before = path.rfind('.', last - 1);
  return before == std::string::npos ? path : path.substr(before + 1);
}

std::vector<SiliconMemory> memories_of(const Synthesis& synthesis, const SramModel& sram,
                                       const GateActivity& activity) {
  const Netlist& netlist = synthesis.netlist;
  std::map<std::tuple<std::size_t, std::string, std::size_t, std::size_t>, SiliconMemory> grouped;
  for (std::size_t at = 0; at < netlist.memories.size(); ++at) {
    const NetlistMemory& memory = netlist.memories[at];
    const std::string name = short_name(netlist.modules[memory.module].name, memory.name);
    SiliconMemory& made = grouped[{memory.module, name, memory.words, memory.width}];
    made.module = netlist.modules[memory.module].name;
    made.name = name;
    made.sram = true;
    made.words = memory.words;
    made.width = memory.width;
    made.ports = memory.ports();
    made.instances += 1;
    made.area += sram.area(memory);
    const MemoryActivity& did = activity.memories[at];
    made.activity.reads += did.reads;
    made.activity.writes += did.writes;
    made.energy += static_cast<double>(did.reads + did.writes) * sram.access(memory);
  }
  std::vector<SiliconMemory> memories;
  for (auto& [key, memory] : grouped) memories.push_back(std::move(memory));
  for (const RegisterArray& array : synthesis.registers) {
    SiliconMemory made;
    made.module = array.module;
    made.name = short_name(array.module, array.name);
    made.words = array.words;
    made.width = array.width;
    memories.push_back(std::move(made));
  }
  return memories;
}

/// Whose cells are processing elements. Their sums are the memory of the first.
bool in_pe(const std::string& module) { return module == "lac_pe" || module == "lac_multiply"; }

}  // namespace

std::vector<Boundary> SiliconResult::boundaries() const {
  Boundary alone{"pe"};
  for (std::size_t at = 0; at < modules.size(); ++at) {
    if (!in_pe(modules[at].name)) continue;
    alone.area += modules[at].area * static_cast<double>(modules[at].instances);
    alone.energy += energy.modules[at];
  }
  Boundary with_sums{"pe_with_sums", alone.area, alone.energy};
  bool any = false;
  for (const SiliconMemory& memory : memories) {
    if (memory.module != "lac_pe" || !memory.sram) continue;
    any = true;
    with_sums.area += memory.area;
    alone.energy -= memory.energy;
  }
  if (!any) return {};
  if (!design.engine) return {alone, with_sums};
  return {alone, with_sums, {"engine", area(), energy.total()}};
}

void SiliconResult::compare_with(const GateTable& table) {
  const GateTableEntry* entry = table.find(design.top, design.name);
  if (entry != nullptr && table.library == library && table.nanometre == nanometre &&
      table.voltage == voltage)
    fast = entry->energy(run.events);
}

MappedDesign::MappedDesign(const SiliconDesign& design, const Library& library,
                           const Technology& technology, const SiliconOptions& options)
    : design_(design),
      library_(library),
      wires_(WireModel::at_node(options.nanometre)),
      sram_(technology, options.nanometre, library.voltage) {
  SynthesisRequest request;
  request.file_list = design.file_list;
  request.top = design.top;
  request.parameters = design.parameters;
  request.keep_hierarchy = design.engine;
  request.cells_up_to = options.cells_up_to;
  synthesis_ = synthesise(request, library);
  buffer_large_nets(synthesis_.netlist, library, wires_);
  const Netlist& netlist = synthesis_.netlist;

  mapped_.design = design;
  mapped_.library = library.name;
  mapped_.voltage = library.voltage;
  mapped_.nanometre = options.nanometre;
  mapped_.timing = time_netlist(netlist, library, wires_);
  mapped_.hertz = options.hertz.value_or(mapped_.timing.fmax());
  require_clock(mapped_.timing, design.full_name(), mapped_.hertz);
  if (!design.engine) delays_ = gate_delays(netlist, library, wires_);
  mapped_.modules = netlist.modules;
  std::map<std::string, std::uint64_t> types;
  for (const NetlistCell& cell : netlist.cells) {
    types[cell.type->name] += 1;
    mapped_.flip_flops += cell.type->kind == CellKind::kFlipFlop ? 1 : 0;
  }
  mapped_.cell_types.assign(types.begin(), types.end());
  mapped_.cells = netlist.cells.size();
  mapped_.cell_area = netlist.cell_area();
}

SiliconResult MappedDesign::run(const WorkloadRequest& workload) const {
  const Netlist& netlist = synthesis_.netlist;
  GateSimulation gates(netlist);
  SiliconResult result = mapped_;
  std::optional<TimedSimulation> timed;
  std::vector<std::uint8_t> before;
  if (!design_.engine) {
    timed.emplace(netlist, delays_);
    gates.watch([&](const std::vector<std::uint8_t>& values, bool counted) {
      if (counted && !before.empty()) timed->run(before, values);
      before = values;
    });
  }
  result.run = design_.run(gates, design_.parameters, workload);
  const GateActivity& activity = gates.activity();
  result.energy = gate_energy(netlist, library_, activity, wires_, sram_, result.hertz);
  if (timed) {
    GateActivity glitching = activity;
    glitching.toggles = timed->changes();
    result.with_glitches =
        gate_energy(netlist, library_, glitching, wires_, sram_, result.hertz).total();
  }
  result.cycles = activity.cycles;
  for (const std::uint64_t toggles : activity.toggles) result.toggles += toggles;
  result.memories = memories_of(synthesis_, sram_, activity);
  for (const SiliconMemory& memory : result.memories) result.memory_area += memory.area;
  return result;
}

SiliconResult measure(const SiliconDesign& design, const Library& library,
                      const Technology& technology, const SiliconOptions& options) {
  return MappedDesign(design, library, technology, options).run(options.workload);
}

}  // namespace lacuna::sim
