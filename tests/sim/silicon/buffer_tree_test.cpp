// SPDX-License-Identifier: Apache-2.0
// Nets that are too large for their driver get a tree of buffers that changes nothing but load.
#include "sim/silicon/buffer_tree.h"

#include <gmock/gmock.h>

#include "sim/silicon/gate_simulation.h"
#include "sim/silicon/net_loads.h"
#include "tests/sim/silicon/tiny_library.h"

namespace lacuna::sim {
namespace {

constexpr const char* kBuffers = R"lib(
  cell(BUF1) { area : 11;
    pin(A) { direction : input; capacitance : 0.25; }
    pin(Y) { direction : output; function : "A"; max_capacitance : 2; } }
  cell(BUF8) { area : 30;
    pin(A) { direction : input; capacitance : 0.5; }
    pin(Y) { direction : output; function : "A"; max_capacitance : 8; } }
}
)lib";

/// The tiny library with two buffers and an inverter that drives 2 pF, four flip-flops.
Library with_buffers() {
  std::string text = kTinyLibrary;
  text = text.substr(0, text.rfind('}')) + kBuffers;
  return library_of(
      replaced(text, "function : \"!A\";", "function : \"!A\"; max_capacitance : 2;"));
}

/// An input, inverted, into so many flip-flops, each an output.
Netlist fan(const Library& library, Net flip_flops) {
  constexpr Net kClock = 2, kIn = 3, kInverted = 4, kFirst = 5;
  Netlist netlist;
  netlist.top = "fan";
  netlist.modules = {{"fan", 1, flip_flops + 1, 10 + 40.0 * flip_flops}};
  netlist.cells = {{&library.cell("INV"), 0, {kIn, kInverted}}};
  NetlistPort out{"q_o", true, {}};
  for (Net at = 0; at < flip_flops; ++at) {
    netlist.cells.push_back({&library.cell("DFF"), 0, {kClock, kInverted, kFirst + at}});
    out.bits.push_back(kFirst + at);
  }
  netlist.ports = {{"clk_i", false, {kClock}}, {"d_i", false, {kIn}}, out};
  netlist.nets = kFirst + flip_flops;
  return netlist;
}

TEST(BufferTree, LeavesNetsThatTheirDriverCanCarry) {
  const Library library = with_buffers();
  Netlist netlist = fan(library, 3);
  EXPECT_EQ(buffer_large_nets(netlist, library, {}), 0u);
  EXPECT_EQ(netlist.cells.size(), 4u);
  EXPECT_EQ(netlist.modules.size(), 1u);
}

TEST(BufferTree, GrowsUntilEveryCellCarriesWhatItMay) {
  const Library library = with_buffers();
  for (const Net flip_flops : {5u, 40u, 300u}) {
    SCOPED_TRACE(flip_flops);
    Netlist netlist = fan(library, flip_flops);
    const std::size_t added = buffer_large_nets(netlist, library, {});
    ASSERT_GT(added, 0u);
    EXPECT_EQ(netlist.cells.size(), 1 + flip_flops + added);
    const std::vector<double> farad = net_loads(netlist, {});
    for (const NetlistCell& cell : netlist.cells) {
      const std::size_t output = cell.type->outputs.front();
      if (cell.type->name == "INV") {
        EXPECT_LE(farad[cell.pins[output]], 2e-12);
      } else if (cell.type->name == "BUF8") {
        EXPECT_LE(farad[cell.pins[output]], 4e-12) << "half of what it may";
        EXPECT_EQ(netlist.modules[cell.module].name, "buffers of large nets");
      } else {
        EXPECT_EQ(cell.type->name, "DFF") << "the strongest buffer alone is used";
      }
    }
    EXPECT_EQ(netlist.modules.back().cells, added);
    EXPECT_DOUBLE_EQ(netlist.modules.back().area, 30.0 * static_cast<double>(added));
  }
}

TEST(BufferTree, ChangesNoValue) {
  const Library library = with_buffers();
  Netlist netlist = fan(library, 30);
  buffer_large_nets(netlist, library, {});
  GateSimulation gates(netlist);
  for (const std::uint32_t value : {1u, 0u, 1u}) {
    gates.set(gates.port("d_i"), &value);
    gates.settle(true);
    gates.edge();
    gates.settle(false);
    std::uint32_t got = 0;
    gates.get(gates.port("q_o"), &got);
    EXPECT_EQ(got, value != 0 ? 0u : (1u << 30) - 1);
  }
}

TEST(BufferTree, NeedsALibraryThatStatesLimits) {
  const Library library = library_of(kTinyLibrary);
  Netlist netlist = fan(library, 300);
  EXPECT_EQ(buffer_large_nets(netlist, library, {}), 0u);
}

}  // namespace
}  // namespace lacuna::sim
