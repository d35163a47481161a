// SPDX-License-Identifier: Apache-2.0
// Netlists that are small enough to follow by hand, of the tiny library's cells.
#pragma once

#include "sim/silicon/netlist.h"

namespace lacuna::sim {

/// A flip-flop that takes the inverse of itself: both nets toggle in every cycle.
inline Netlist divider(const Library& library) {
  constexpr Net kClock = 2, kQ = 3, kY = 4;
  Netlist netlist;
  netlist.top = "divider";
  netlist.modules = {{"divider", 1, 2, 50}};
  netlist.ports = {{"clk_i", false, {kClock}}, {"y_o", true, {kY}}};
  netlist.cells = {{&library.cell("INV"), 0, {kQ, kY}},
                   {&library.cell("DFF"), 0, {kClock, kY, kQ}}};
  netlist.nets = 5;
  return netlist;
}

/// Four words of two bits, one write port, a clocked and an asynchronous read port.
inline Netlist memory_alone() {
  Netlist netlist;
  netlist.top = "memory";
  netlist.modules = {{"memory", 1, 0, 0}};
  netlist.ports = {{"we_i", false, {2}},           {"write_addr_i", false, {3, 4}},
                   {"data_i", false, {5, 6}},      {"read_en_i", false, {7}},
                   {"read_addr_i", false, {8, 9}}, {"clocked_o", true, {10, 11}},
                   {"now_o", true, {12, 13}}};
  NetlistMemory memory;
  memory.name = "array";
  memory.words = 4;
  memory.width = 2;
  memory.writes = {{{2, 2}, {3, 4}, {5, 6}}};
  memory.reads = {{true, false, 7, {8, 9}, {10, 11}}, {false, false, kNetOne, {8, 9}, {12, 13}}};
  netlist.memories = {memory};
  netlist.nets = 14;
  return netlist;
}

}  // namespace lacuna::sim
