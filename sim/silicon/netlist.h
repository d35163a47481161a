// SPDX-License-Identifier: Apache-2.0
// A design mapped onto a library: gates, flip-flops and memories on nets of one bit, flat, each
// with the module that it came from.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "sim/silicon/liberty.h"

namespace lacuna::sim {

using Net = std::uint32_t;
inline constexpr Net kNetZero = 0, kNetOne = 1;  ///< the constants; an undefined bit is 0

struct NetlistPort {
  std::string name;
  bool output = false;
  std::vector<Net> bits;  ///< lowest first
};

struct NetlistCell {
  const LibertyCell* type = nullptr;
  std::size_t module = 0;  ///< index into Netlist::modules
  std::vector<Net> pins;   ///< by the type's pins; kNetZero for one that is not connected
};

struct NetlistReadPort {
  bool clocked = false;
  bool transparent = false;  ///< of a clocked port: reads what is written in the same cycle
  Net enable = kNetOne;
  std::vector<Net> address, data;
};

struct NetlistWritePort {
  std::vector<Net> enable;  ///< one a bit of the word
  std::vector<Net> address, data;
};

struct NetlistMemory {
  std::string name;  ///< of the array, with the path of instances
  std::size_t module = 0;
  std::size_t words = 0, width = 0;
  std::vector<NetlistReadPort> reads;
  std::vector<NetlistWritePort> writes;

  std::size_t bits() const { return words * width; }
  std::size_t ports() const { return reads.size() + writes.size(); }
};

/// A module of the RTL with its parameters, mapped once.
struct NetlistModule {
  std::string name;
  std::uint64_t instances = 0,
                cells = 0;  ///< cells of one instance, without those of modules in it
  double area = 0;          ///< of these
};

struct Netlist {
  std::string top;
  std::vector<NetlistModule> modules;
  std::vector<NetlistPort> ports;
  std::vector<NetlistCell> cells;
  std::vector<NetlistMemory> memories;
  Net nets = 2;

  const NetlistPort* find(const std::string& port) const;
  double cell_area() const;
};

/// A module's name without Yosys' escapes: of "$paramod\\lac_ram\\Width=..." lac_ram.
std::string plain_module_name(const std::string& name);

/// Takes a mapped design from the JSON that Yosys writes and puts instances of modules in place.
/// Keeps references to the library's cells.
/// @throws Error for a cell that the library lacks or this flow cannot use.
Netlist read_netlist(const std::filesystem::path& json, const std::string& top,
                     const Library& library);

}  // namespace lacuna::sim
