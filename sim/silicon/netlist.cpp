// SPDX-License-Identifier: Apache-2.0
#include "sim/silicon/netlist.h"

#include <fmt/format.h>

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <unordered_map>

#include "golden/error.h"

namespace lacuna::sim {
namespace {

using Json = nlohmann::json;

/// A parameter of a cell: Yosys writes bits, the highest first.
std::size_t parameter(const Json& cell, const char* name) {
  return std::stoull(cell.at("parameters").at(name).get<std::string>(), nullptr, 2);
}

/// The bit of port `at` in a parameter that has one a port.
bool flag(const Json& cell, const char* name, std::size_t at) {
  const std::string bits = cell.at("parameters").at(name).get<std::string>();
  return at < bits.size() && bits[bits.size() - 1 - at] == '1';
}

/// Nets that turn out to be one.
class Nets {
 public:
  Net make() {
    parents_.push_back(static_cast<Net>(parents_.size()));
    return parents_.back();
  }
  Net find(Net net) {
    while (parents_[net] != net) net = parents_[net] = parents_[parents_[net]];
    return net;
  }
  /// The lower number stays, so constants do.
  void unite(Net a, Net b) {
    a = find(a);
    b = find(b);
    parents_[std::max(a, b)] = std::min(a, b);
  }
  std::size_t size() const { return parents_.size(); }

 private:
  std::vector<Net> parents_{kNetZero, kNetOne};
};

class Elaboration {
 public:
  Elaboration(const Json& modules, const Library& library) : modules_(modules) {
    for (const LibertyCell& cell : library.cells) types_.emplace(cell.name, &cell);
    library_ = &library;
  }

  Netlist run(const std::string& top) {
    netlist_.top = top;
    if (modules_.count(top) == 0) throw Error("yosys", "wrote no module " + top);
    Bits bits;
    for (const auto& [name, port] : modules_.at(top).at("ports").items()) {
      NetlistPort& made = netlist_.ports.emplace_back();
      made.name = name;
      made.output = port.at("direction") == "output";
      made.bits = nets_of(port.at("bits"), bits);
    }
    place(top, bits, "");
    renumber();
    return std::move(netlist_);
  }

 private:
  /// Nets of a module's bits in one instance, by their numbers in the module.
  using Bits = std::unordered_map<std::uint64_t, Net>;

  Net net_of(const Json& bit, Bits& bits) {
    if (bit.is_string()) return bit == "1" ? kNetOne : kNetZero;
    const auto [found, fresh] = bits.emplace(bit.get<std::uint64_t>(), 0);
    if (fresh) found->second = nets_.make();
    return found->second;
  }
  std::vector<Net> nets_of(const Json& list, Bits& bits) {
    std::vector<Net> nets;
    for (const Json& bit : list) nets.push_back(net_of(bit, bits));
    return nets;
  }

  void place(const std::string& name, Bits& bits, const std::string& path) {
    const auto [known, fresh] = indices_.emplace(name, netlist_.modules.size());
    if (fresh) netlist_.modules.push_back({plain_module_name(name), 0, 0, 0});
    const std::size_t module = known->second;
    netlist_.modules[module].instances += 1;
    for (const auto& [instance, cell] : modules_.at(name).at("cells").items()) {
      const std::string type = cell.at("type");
      const std::string inner = path + instance;
      if (type == "$mem_v2") {
        add_memory(cell, module, inner, bits);
      } else if (modules_.count(type) != 0) {
        place_instance(type, cell, inner, bits);
      } else {
        const LibertyCell& mapped = add_cell(type, cell, module, bits);
        if (fresh) {
          netlist_.modules[module].cells += 1;
          netlist_.modules[module].area += mapped.area;
        }
      }
    }
  }

  void place_instance(const std::string& type, const Json& cell, const std::string& path,
                      Bits& outside) {
    Bits inside;
    for (const auto& [name, port] : modules_.at(type).at("ports").items()) {
      const auto connected = cell.at("connections").find(name);
      const Json& bits = port.at("bits");
      for (std::size_t at = 0; at < bits.size(); ++at) {
        const Net inner = net_of(bits[at], inside);
        if (connected != cell.at("connections").end() && at < connected->size())
          nets_.unite(inner, net_of((*connected)[at], outside));
      }
    }
    place(type, inside, path + ".");
  }

  const LibertyCell& add_cell(const std::string& type, const Json& cell, std::size_t module,
                              Bits& bits) {
    const auto found = types_.find(type);
    if (found == types_.end()) static_cast<void>(library_->cell(type));  // throws
    const LibertyCell& mapped = *found->second;
    if (mapped.kind == CellKind::kOther)
      throw Error("cell " + type, "is a latch, a three-state driver or has set and clear",
                  "this flow simulates gates and plain flip-flops");
    NetlistCell& made = netlist_.cells.emplace_back();
    made.type = &mapped;
    made.module = module;
    const Json& connections = cell.at("connections");
    for (const LibertyPin& pin : mapped.pins) {
      const auto connected = connections.find(pin.name);
      const bool there = connected != connections.end() && !connected->empty();
      made.pins.push_back(there        ? net_of((*connected)[0], bits)
                          : pin.output ? nets_.make()
                                       : kNetZero);
    }
    return mapped;
  }

  void add_memory(const Json& cell, std::size_t module, const std::string& path, Bits& bits) {
    NetlistMemory memory;
    memory.name = path;
    memory.module = module;
    memory.words = parameter(cell, "SIZE");
    memory.width = parameter(cell, "WIDTH");
    const std::size_t address_bits = parameter(cell, "ABITS");
    const Json& pins = cell.at("connections");
    const auto slice = [&](const char* pin, std::size_t port, std::size_t width) {
      const std::vector<Net> all = nets_of(pins.at(pin), bits);
      const auto first = all.begin() + static_cast<std::ptrdiff_t>(port * width);
      return std::vector<Net>(first, first + static_cast<std::ptrdiff_t>(width));
    };
    const std::size_t writes = parameter(cell, "WR_PORTS");
    for (std::size_t at = 0; at < parameter(cell, "RD_PORTS"); ++at) {
      std::size_t transparent = 0;
      for (std::size_t write = 0; write < writes; ++write)
        transparent += flag(cell, "RD_TRANSPARENCY_MASK", at * writes + write) ? 1 : 0;
      if (flag(cell, "RD_WIDE_CONTINUATION", at) || slice("RD_ARST", at, 1).front() != kNetZero ||
          slice("RD_SRST", at, 1).front() != kNetZero ||
          (transparent != 0 && transparent != writes))
        throw Error("memory " + path, "has a wide, resettable or half transparent read port",
                    "raise --cells-up-to to make it of registers");
      memory.reads.push_back({flag(cell, "RD_CLK_ENABLE", at), transparent != 0,
                              slice("RD_EN", at, 1).front(), slice("RD_ADDR", at, address_bits),
                              slice("RD_DATA", at, memory.width)});
    }
    for (std::size_t at = 0; at < writes; ++at) {
      if (flag(cell, "WR_WIDE_CONTINUATION", at) || !flag(cell, "WR_CLK_ENABLE", at))
        throw Error("memory " + path, "has a wide write port or one without a clock",
                    "raise --cells-up-to to make it of registers");
      memory.writes.push_back({slice("WR_EN", at, memory.width), slice("WR_ADDR", at, address_bits),
                               slice("WR_DATA", at, memory.width)});
    }
    netlist_.memories.push_back(std::move(memory));
  }

  /// Gives the nets that are left numbers without gaps.
  void renumber() {
    std::vector<Net> numbers(nets_.size(), 0);
    numbers[kNetOne] = kNetOne;
    Net next = 2;
    const auto number = [&](std::vector<Net>& nets) {
      for (Net& net : nets) {
        const Net root = nets_.find(net);
        if (root > kNetOne && numbers[root] == 0) numbers[root] = next++;
        net = numbers[root];
      }
    };
    const auto number_one = [&](Net& net) {
      std::vector<Net> one{net};
      number(one);
      net = one.front();
    };
    for (NetlistPort& port : netlist_.ports) number(port.bits);
    for (NetlistCell& cell : netlist_.cells) number(cell.pins);
    for (NetlistMemory& memory : netlist_.memories) {
      for (NetlistReadPort& port : memory.reads) {
        number_one(port.enable);
        number(port.address);
        number(port.data);
      }
      for (NetlistWritePort& port : memory.writes) {
        number(port.enable);
        number(port.address);
        number(port.data);
      }
    }
    netlist_.nets = next;
  }

  const Json& modules_;
  const Library* library_ = nullptr;
  std::unordered_map<std::string, const LibertyCell*> types_;
  std::map<std::string, std::size_t> indices_;
  Nets nets_;
  Netlist netlist_;
};

}  // namespace

std::string plain_module_name(const std::string& name) {
  const std::size_t begin = name.find('\\');
  if (name.rfind("$paramod", 0) != 0 || begin == std::string::npos) return name;
  const std::size_t end = name.find('\\', begin + 1);
  return name.substr(begin + 1, end == std::string::npos ? end : end - begin - 1);
}

const NetlistPort* Netlist::find(const std::string& port) const {
  for (const NetlistPort& candidate : ports) {
    if (candidate.name == port) return &candidate;
  }
  return nullptr;
}

double Netlist::cell_area() const {
  double area = 0;
  for (const NetlistCell& cell : cells) area += cell.type->area;
  return area;
}

Netlist read_netlist(const std::filesystem::path& json, const std::string& top,
                     const Library& library) {
  std::ifstream in(json);
  const Json document = Json::parse(in);
  return Elaboration(document.at("modules"), library).run(top);
}

}  // namespace lacuna::sim
