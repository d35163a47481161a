// SPDX-License-Identifier: Apache-2.0
#include "sim/silicon/timed_simulation.h"

#include <algorithm>
#include <functional>

namespace lacuna::sim {

TimedSimulation::TimedSimulation(const Netlist& netlist,
                                 const std::vector<std::vector<GateDelay>>& delays)
    : sinks_(netlist.nets),
      driven_(netlist.nets),
      values_(netlist.nets),
      pending_(netlist.nets),
      versions_(netlist.nets),
      history_(netlist.nets),
      changes_(netlist.nets) {
  for (std::size_t at = 0; at < netlist.cells.size(); ++at) {
    const NetlistCell& cell = netlist.cells[at];
    if (cell.type->kind != CellKind::kGate) continue;
    for (const std::size_t output : cell.type->outputs) {
      Gate gate;
      gate.table = cell.type->pins[output].function;
      gate.output = cell.pins[output];
      driven_[gate.output] = 1;
      for (const std::size_t pin : cell.type->inputs) {
        for (const GateDelay& delay : delays[at]) {
          if (delay.input != pin || delay.output != output) continue;
          gate.rise[gate.input_count] = std::max(gate.rise[gate.input_count], delay.rise);
          gate.fall[gate.input_count] = std::max(gate.fall[gate.input_count], delay.fall);
        }
        sinks_[cell.pins[pin]].emplace_back(static_cast<std::uint32_t>(gates_.size()),
                                            gate.input_count);
        gate.inputs[gate.input_count++] = cell.pins[pin];
      }
      gates_.push_back(gate);
    }
  }
}

bool TimedSimulation::value_of(const Gate& gate) const {
  std::uint32_t index = 0;
  for (std::uint32_t input = 0; input < gate.input_count; ++input)
    index |= std::uint32_t{values_[gate.inputs[input]]} << input;
  return (gate.table >> index & 1) != 0;
}

void TimedSimulation::change(Net net, std::uint8_t value, double time) {
  values_[net] = value;
  if (history_[net].empty()) changed_.push_back(net);
  history_[net].push_back({time, value});
  settled_after_ = time;
  ++changes_[net];
}

void TimedSimulation::propagate(Net net, double time) {
  for (const auto& [number, input] : sinks_[net]) {
    const Gate& gate = gates_[number];
    const std::uint8_t next = value_of(gate) ? 1 : 0;
    if (next == pending_[gate.output]) continue;
    pending_[gate.output] = next;
    const std::uint32_t version = ++versions_[gate.output];
    if (next == values_[gate.output]) continue;  // a pulse that is too short
    queue_.push_back(
        {time + (next != 0 ? gate.rise[input] : gate.fall[input]), gate.output, next, version});
    std::push_heap(queue_.begin(), queue_.end(), std::greater<>());
  }
}

void TimedSimulation::run(const std::vector<std::uint8_t>& before,
                          const std::vector<std::uint8_t>& after) {
  for (const Net net : changed_) history_[net].clear();
  changed_.clear();
  settled_after_ = 0;
  values_ = pending_ = before;
  for (Net net = 0; net < values_.size(); ++net) {
    if (driven_[net] == 0 && before[net] != after[net]) change(net, after[net], 0);
  }
  const std::vector<Net> sources = changed_;
  for (const Net net : sources) propagate(net, 0);
  while (!queue_.empty()) {
    std::pop_heap(queue_.begin(), queue_.end(), std::greater<>());
    const Event event = queue_.back();
    queue_.pop_back();
    if (event.version != versions_[event.net]) continue;
    change(event.net, event.value, event.time);
    propagate(event.net, event.time);
  }
}

bool TimedSimulation::at(Net net, double seconds) const {
  const auto& changes = history_[net];
  if (changes.empty()) return values_[net] != 0;
  bool value = changes.front().value == 0;
  for (const Change& one : changes) {
    if (one.time > seconds) break;
    value = one.value != 0;
  }
  return value;
}

}  // namespace lacuna::sim
