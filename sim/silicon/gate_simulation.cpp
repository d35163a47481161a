// SPDX-License-Identifier: Apache-2.0
#include "sim/silicon/gate_simulation.h"

#include <fmt/format.h>

#include <algorithm>

#include "golden/error.h"
#include "golden/random.h"

namespace lacuna::sim {

GateSimulation::GateSimulation(const Netlist& netlist)
    : netlist_(netlist), values_(netlist.nets), last_(netlist.nets) {
  order(build());
  connect();
  states_.resize(flip_flops_.size());
  activity_.toggles.resize(netlist.nets);
  activity_.memories.resize(netlist.memories.size());
  power_on(1);
}

/// Flip-flops and memories. @return gates in the netlist's order
std::vector<GateSimulation::Gate> GateSimulation::build() {
  std::vector<Gate> gates;
  for (const NetlistCell& cell : netlist_.cells) {
    Gate gate;
    for (const std::size_t pin : cell.type->inputs)
      gate.inputs[gate.input_count++] = cell.pins[pin];
    if (cell.type->kind == CellKind::kGate) {
      for (const std::size_t pin : cell.type->outputs) {
        gate.table = cell.type->pins[pin].function;
        gate.output = cell.pins[pin];
        gates.push_back(gate);
      }
    } else {
      gate.table = cell.type->next_state;
      FlipFlop& made = flip_flops_.emplace_back();
      made.next = gate;
      for (const std::size_t pin : cell.type->outputs)
        made.outputs.emplace_back(cell.pins[pin], (cell.type->pins[pin].function & 1) != 0);
    }
  }
  memories_.resize(netlist_.memories.size());
  for (std::size_t at = 0; at < netlist_.memories.size(); ++at) {
    const NetlistMemory& memory = netlist_.memories[at];
    memories_[at].bits.resize(memory.bits());
    memories_[at].read_data.resize(memory.reads.size());
    memories_[at].addresses.resize(memory.reads.size());
    for (std::size_t port = 0; port < memory.reads.size(); ++port) {
      if (memory.reads[port].clocked) {
        memories_[at].read_data[port].resize(memory.width);
      } else {
        reads_.push_back({at, port});
      }
    }
  }
  return gates;
}

/// Gates and asynchronous reads so that each comes after what it reads.
void GateSimulation::order(const std::vector<Gate>& gates) {
  constexpr std::size_t kNobody = ~std::size_t{0};
  const std::size_t count = gates.size() + reads_.size();
  std::vector<std::size_t> driver(netlist_.nets, kNobody);
  const auto port_of = [&](const Read& read) -> const NetlistReadPort& {
    return netlist_.memories[read.memory].reads[read.port];
  };
  for (std::size_t at = 0; at < gates.size(); ++at) driver[gates[at].output] = at;
  for (std::size_t at = 0; at < reads_.size(); ++at) {
    for (const Net net : port_of(reads_[at]).data) driver[net] = gates.size() + at;
  }
  std::vector<std::vector<std::size_t>> followers(count);
  std::vector<std::size_t> waiting(count);
  std::vector<std::uint32_t> levels(count);
  const auto depend = [&](std::size_t step, Net net) {
    if (net <= kNetOne || driver[net] == kNobody) return;
    followers[driver[net]].push_back(step);
    ++waiting[step];
  };
  for (std::size_t at = 0; at < gates.size(); ++at) {
    for (std::size_t input = 0; input < gates[at].input_count; ++input)
      depend(at, gates[at].inputs[input]);
  }
  for (std::size_t at = 0; at < reads_.size(); ++at) {
    for (const Net net : port_of(reads_[at]).address) depend(gates.size() + at, net);
  }
  std::vector<std::size_t> ready;
  for (std::size_t step = 0; step < count; ++step) {
    if (waiting[step] == 0) ready.push_back(step);
  }
  for (std::size_t at = 0; at < ready.size(); ++at) {
    const std::size_t step = ready[at];
    steps_.push_back(step < gates.size() ? gates[step]
                                         : Gate{step - gates.size(), {}, 0, kNetZero, 0});
    steps_.back().level = levels[step];
    for (const std::size_t follower : followers[step]) {
      levels[follower] = std::max(levels[follower], levels[step] + 1);
      if (--waiting[follower] == 0) ready.push_back(follower);
    }
  }
  if (steps_.size() != count)
    throw Error("netlist " + netlist_.top, "has a loop of gates, which cannot settle");
}

void GateSimulation::connect() {
  memory_reads_.resize(memories_.size());
  std::vector<std::vector<std::uint32_t>> of(netlist_.nets);
  const auto read = [&](std::size_t reader, Net net) {
    of[net].push_back(static_cast<std::uint32_t>(reader));
  };
  std::uint32_t levels = 0;
  for (std::size_t at = 0; at < steps_.size(); ++at) {
    const Gate& step = steps_[at];
    levels = std::max(levels, step.level + 1);
    for (std::size_t input = 0; input < step.input_count; ++input) read(at, step.inputs[input]);
    if (step.output != kNetZero) continue;
    const auto& [memory, port] = reads_[step.table];
    memory_reads_[memory].push_back(static_cast<std::uint32_t>(at));
    for (const Net net : netlist_.memories[memory].reads[port].address) read(at, net);
  }
  for (std::size_t at = 0; at < flip_flops_.size(); ++at) {
    const Gate& next = flip_flops_[at].next;
    for (std::size_t input = 0; input < next.input_count; ++input)
      read(steps_.size() + at, next.inputs[input]);
  }
  for (const auto& readers : of) {
    first_reader_.push_back(static_cast<std::uint32_t>(readers_.size()));
    readers_.insert(readers_.end(), readers.begin(), readers.end());
  }
  first_reader_.push_back(static_cast<std::uint32_t>(readers_.size()));
  marked_.resize(steps_.size() + flip_flops_.size());
  waiting_.resize(levels);
}

void GateSimulation::mark(std::uint32_t reader) {
  if (marked_[reader] != 0) return;
  marked_[reader] = 1;
  if (reader < steps_.size()) {
    waiting_[steps_[reader].level].push_back(reader);
  } else {
    clocked_.push_back(reader);
  }
}

void GateSimulation::change(Net net, bool value) {
  if ((values_[net] != 0) == value) return;
  values_[net] = value ? 1 : 0;
  changed_.push_back(net);
  for (std::uint32_t at = first_reader_[net]; at < first_reader_[net + 1]; ++at) mark(readers_[at]);
}

void GateSimulation::power_on(std::uint64_t seed) {
  golden::Random random(seed);
  const auto bit = [&] { return static_cast<std::uint8_t>(random.bits() & 1); };
  std::fill(values_.begin(), values_.end(), std::uint8_t{0});
  values_[kNetOne] = 1;
  std::generate(states_.begin(), states_.end(), bit);
  for (Memory& memory : memories_) {
    std::generate(memory.bits.begin(), memory.bits.end(), bit);
    for (auto& data : memory.read_data) std::generate(data.begin(), data.end(), bit);
  }
  for (std::uint32_t reader = 0; reader < marked_.size(); ++reader) mark(reader);
  for (std::size_t at = 0; at < flip_flops_.size(); ++at) drive(flip_flops_[at], states_[at] != 0);
  drive_memories();
  evaluate();
  changed_.clear();
  last_ = values_;
}

const NetlistPort& GateSimulation::port(const std::string& name) const {
  const NetlistPort* found = netlist_.find(name);
  if (found == nullptr) throw Error("netlist " + netlist_.top, "has no port " + name);
  return *found;
}

void GateSimulation::set(const NetlistPort& port, const std::uint32_t* words) {
  for (std::size_t bit = 0; bit < port.bits.size(); ++bit)
    change(port.bits[bit], (words[bit / 32] >> (bit % 32) & 1) != 0);
}

void GateSimulation::get(const NetlistPort& port, std::uint32_t* words) const {
  for (std::size_t bit = 0; bit < port.bits.size(); bit += 32) words[bit / 32] = 0;
  for (std::size_t bit = 0; bit < port.bits.size(); ++bit)
    words[bit / 32] |= std::uint32_t{values_[port.bits[bit]]} << (bit % 32);
}

std::uint32_t GateSimulation::get(const NetlistPort& port) const {
  std::uint32_t value = 0;
  for (std::size_t bit = 0; bit < std::min<std::size_t>(port.bits.size(), 32); ++bit)
    value |= std::uint32_t{values_[port.bits[bit]]} << bit;
  return value;
}

bool GateSimulation::value_of(const Gate& gate) const {
  std::uint32_t index = 0;
  for (std::uint32_t input = 0; input < gate.input_count; ++input)
    index |= std::uint32_t{values_[gate.inputs[input]]} << input;
  return (gate.table >> index & 1) != 0;
}

std::size_t GateSimulation::number(const std::vector<Net>& nets) const {
  std::size_t value = 0;
  for (std::size_t bit = 0; bit < nets.size(); ++bit)
    value |= std::size_t{values_[nets[bit]]} << bit;
  return value;
}

void GateSimulation::read_word(const Read& read) {
  const NetlistMemory& memory = netlist_.memories[read.memory];
  const NetlistReadPort& port = memory.reads[read.port];
  const std::size_t address = number(port.address);
  for (std::size_t bit = 0; bit < memory.width; ++bit)
    change(port.data[bit], address < memory.words &&
                               memories_[read.memory].bits[address * memory.width + bit] != 0);
}

void GateSimulation::evaluate() {
  for (auto& level : waiting_) {
    for (const std::uint32_t at : level) {
      marked_[at] = 0;
      const Gate& step = steps_[at];
      if (step.output == kNetZero) {
        read_word(reads_[step.table]);
      } else {
        change(step.output, value_of(step));
      }
    }
    level.clear();
  }
}

void GateSimulation::settle(bool count) {
  evaluate();
  counting_ = count;
  for (const Read& read : reads_) {
    const std::size_t address = number(netlist_.memories[read.memory].reads[read.port].address);
    std::size_t& before = memories_[read.memory].addresses[read.port];
    if (count && address != before) ++activity_.memories[read.memory].reads;
    before = address;
  }
  if (count) ++activity_.cycles;
  for (const Net net : changed_) {
    if (values_[net] == last_[net]) continue;
    last_[net] = values_[net];
    if (count) ++activity_.toggles[net];
  }
  changed_.clear();
  if (watcher_) watcher_(values_, count);
}

void GateSimulation::read_clocked(std::size_t at, bool transparent) {
  const NetlistMemory& memory = netlist_.memories[at];
  Memory& contents = memories_[at];
  for (std::size_t port = 0; port < memory.reads.size(); ++port) {
    const NetlistReadPort& read = memory.reads[port];
    if (!read.clocked || read.transparent != transparent || values_[read.enable] == 0) continue;
    if (counting_) ++activity_.memories[at].reads;
    const std::size_t address = number(read.address);
    for (std::size_t bit = 0; bit < memory.width; ++bit)
      contents.read_data[port][bit] =
          address < memory.words ? contents.bits[address * memory.width + bit] : 0;
  }
}

void GateSimulation::edge() {
  // All take over what they see before any of them drives.
  flipped_.clear();
  for (const std::uint32_t reader : clocked_) {
    marked_[reader] = 0;
    const auto at = static_cast<std::uint32_t>(reader - steps_.size());
    if (value_of(flip_flops_[at].next) != (states_[at] != 0)) flipped_.push_back(at);
  }
  clocked_.clear();
  for (std::size_t at = 0; at < memories_.size(); ++at) {
    const NetlistMemory& memory = netlist_.memories[at];
    Memory& contents = memories_[at];
    read_clocked(at, false);
    for (const NetlistWritePort& write : memory.writes) {
      const std::size_t address = number(write.address);
      bool any = false;
      for (std::size_t bit = 0; bit < memory.width; ++bit) {
        if (values_[write.enable[bit]] == 0 || address >= memory.words) continue;
        contents.bits[address * memory.width + bit] = values_[write.data[bit]];
        any = true;
      }
      if (!any) continue;
      if (counting_) ++activity_.memories[at].writes;
      for (const std::uint32_t read : memory_reads_[at]) mark(read);
    }
    read_clocked(at, true);
  }
  for (const std::uint32_t at : flipped_) {
    states_[at] ^= 1;
    drive(flip_flops_[at], states_[at] != 0);
  }
  drive_memories();
}

void GateSimulation::drive(const FlipFlop& flip_flop, bool state) {
  for (const auto& [net, inverted] : flip_flop.outputs) change(net, state != inverted);
}

void GateSimulation::drive_memories() {
  for (std::size_t at = 0; at < memories_.size(); ++at) {
    const auto& reads = netlist_.memories[at].reads;
    for (std::size_t port = 0; port < reads.size(); ++port) {
      for (std::size_t bit = 0; reads[port].clocked && bit < reads[port].data.size(); ++bit)
        change(reads[port].data[bit], memories_[at].read_data[port][bit] != 0);
    }
  }
}

}  // namespace lacuna::sim
