// SPDX-License-Identifier: Apache-2.0
#include "sim/silicon/buffer_tree.h"

#include <unordered_map>

#include "sim/silicon/net_loads.h"

namespace lacuna::sim {
namespace {

constexpr double kUsed = 0.5;  ///< of what a buffer may drive

/// Where a net is read.
struct Sink {
  Net* net = nullptr;
  double farad = 0;  ///< of the pin
};

using Sinks = std::unordered_map<Net, std::vector<Sink>>;

/// Readers of the nets that `sinks` has as keys.
void collect(Netlist& netlist, Sinks& sinks) {
  const auto add = [&](Net& net, double farad) {
    const auto found = sinks.find(net);
    if (found != sinks.end()) found->second.push_back({&net, farad});
  };
  const auto add_all = [&](std::vector<Net>& nets) {
    for (Net& net : nets) add(net, 0);
  };
  for (NetlistCell& cell : netlist.cells) {
    for (std::size_t pin = 0; pin < cell.pins.size(); ++pin) {
      const LibertyPin& of = cell.type->pins[pin];
      if (!of.output) add(cell.pins[pin], of.capacitance);
    }
  }
  for (NetlistPort& port : netlist.ports) {
    if (port.output) add_all(port.bits);
  }
  for (NetlistMemory& memory : netlist.memories) {
    for (NetlistReadPort& port : memory.reads) {
      add(port.enable, 0);
      add_all(port.address);
    }
    for (NetlistWritePort& port : memory.writes) {
      add_all(port.enable);
      add_all(port.address);
      add_all(port.data);
    }
  }
}

class Tree {
 public:
  Tree(Netlist& netlist, const LibertyCell& buffer, const WireModel& wires)
      : netlist_(netlist),
        buffer_(buffer),
        wires_(wires),
        in_(buffer.inputs.front()),
        out_(buffer.outputs.front()),
        module_(netlist.modules.size()) {}

  /// Puts buffers between a net and its sinks until it carries at most `limit`.
  void grow(Net root, std::vector<Sink> sinks, double limit) {
    while (load(sinks) > limit) {
      std::vector<Sink> above;
      std::vector<Sink> group;
      const auto close = [&] {
        above.push_back(drive(root, group));
        group.clear();
      };
      for (const Sink& sink : sinks) {
        group.push_back(sink);
        if (group.size() > 1 && load(group) > kUsed * buffer_.pins[out_].max_capacitance) {
          group.pop_back();
          close();
          group.push_back(sink);
        }
      }
      close();
      if (above.size() >= sinks.size()) return;  // each is too large by itself
      sinks = std::move(above);
    }
  }

  std::size_t finish() {
    if (added_.empty()) return 0;
    const std::size_t count = added_.size();
    netlist_.modules.push_back(
        {"buffers of large nets", 1, count, buffer_.area * static_cast<double>(count)});
    std::move(added_.begin(), added_.end(), std::back_inserter(netlist_.cells));
    return count;
  }

 private:
  double load(const std::vector<Sink>& sinks) const {
    double farad = wires_.capacitance(sinks.size());
    for (const Sink& sink : sinks) farad += sink.farad;
    return farad;
  }

  /// A buffer from `root` to the sinks; returns its input.
  Sink drive(Net root, const std::vector<Sink>& sinks) {
    NetlistCell cell;
    cell.type = &buffer_;
    cell.module = module_;
    cell.pins.assign(buffer_.pins.size(), kNetZero);
    cell.pins[in_] = root;
    cell.pins[out_] = netlist_.nets++;
    for (const Sink& sink : sinks) *sink.net = cell.pins[out_];
    added_.push_back(std::move(cell));
    // A vector's elements stay where they are when the cell that owns it moves.
    return {&added_.back().pins[in_], buffer_.pins[in_].capacitance};
  }

  Netlist& netlist_;
  const LibertyCell& buffer_;
  const WireModel& wires_;
  std::size_t in_, out_, module_;
  std::vector<NetlistCell> added_;
};

}  // namespace

std::size_t buffer_large_nets(Netlist& netlist, const Library& library, const WireModel& wires) {
  const LibertyCell* buffer = library.strongest_buffer();
  if (buffer == nullptr) return 0;
  const std::vector<double> farad = net_loads(netlist, wires);
  std::vector<std::pair<Net, double>> large;  // with what its cell may drive
  Sinks sinks;
  for (const NetlistCell& cell : netlist.cells) {
    for (const std::size_t pin : cell.type->outputs) {
      const double most = cell.type->pins[pin].max_capacitance;
      if (most <= 0 || farad[cell.pins[pin]] <= most || cell.pins[pin] == kNetZero) continue;
      large.emplace_back(cell.pins[pin], most);
      sinks[cell.pins[pin]] = {};
    }
  }
  collect(netlist, sinks);
  Tree tree(netlist, *buffer, wires);
  for (const auto& [net, most] : large) tree.grow(net, sinks[net], most);
  return tree.finish();
}

}  // namespace lacuna::sim
