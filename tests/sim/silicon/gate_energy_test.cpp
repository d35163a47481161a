// SPDX-License-Identifier: Apache-2.0
// Energy against figures by hand.
#include "sim/silicon/gate_energy.h"

#include <gtest/gtest.h>

#include "tests/sim/silicon/hand_netlist.h"
#include "tests/sim/silicon/tiny_library.h"

namespace lacuna::sim {
namespace {

constexpr double kPicojoule = 1e-12;

GateActivity ten_toggles(const Netlist& netlist) {
  GateSimulation gates(netlist);
  for (int cycle = 0; cycle < 11; ++cycle) {
    gates.settle(true);
    gates.edge();
  }
  return gates.activity();
}

TEST(GateEnergy, OfADividerIsWhatHandsReckon) {
  const Library library = library_of(kTinyLibrary);
  const Netlist netlist = divider(library);
  const Technology technology = read_technology(default_technology());
  const SramModel sram(technology, 180, 2);
  const GateEnergy energy =
      gate_energy(netlist, library, ten_toggles(netlist), WireModel{0, 0, 0}, sram, 1e6);
  // Ten toggles, V^2 / 2 = 2. Inverter: 0.5 pJ inside, 0.5 pF of D behind it. Flip-flop: 0.25 pJ,
  // 0.25 pF.
  EXPECT_DOUBLE_EQ(energy.gates, 10 * (0.5 + 2 * 0.5) * kPicojoule);
  EXPECT_DOUBLE_EQ(energy.registers, 10 * (0.25 + 2 * 0.25) * kPicojoule);
  // Eleven cycles of two edges, 0.125 pF.
  EXPECT_DOUBLE_EQ(energy.clock, 11 * (0.1 + 0.3 + 4 * 0.125) * kPicojoule);
  EXPECT_DOUBLE_EQ(energy.leakage, (3e-9 + 5e-9) * 11 / 1e6);
  EXPECT_EQ(energy.memories, 0);
  EXPECT_DOUBLE_EQ(energy.modules.front(), energy.total());
}

TEST(GateEnergy, WiresAddTheirCapacitance) {
  const Library library = library_of(kTinyLibrary);
  const Netlist netlist = divider(library);
  const Technology technology = read_technology(default_technology());
  const SramModel sram(technology, 180, 2);
  const GateActivity activity = ten_toggles(netlist);
  const auto of = [&](const WireModel& wires) {
    return gate_energy(netlist, library, activity, wires, sram, 1e6);
  };
  const WireModel wires{1e-15, 100, 1000};  // 0.1 pF of one sink, 1.1 of two: y goes to D and out
  EXPECT_NEAR(of(wires).gates - of({0, 0, 0}).gates, 10 * 2 * 1.1 * kPicojoule, 1e-20);
  EXPECT_NEAR(of(wires).registers - of({0, 0, 0}).registers, 10 * 2 * 0.1 * kPicojoule, 1e-20);
  EXPECT_NEAR(of(wires).clock - of({0, 0, 0}).clock, 11 * 4 * 1.0 * kPicojoule, 1e-20);
}

TEST(GateEnergy, MemoriesCostTheirAccesses) {
  const Library library = library_of(kTinyLibrary);
  const Netlist netlist = memory_alone();
  const Technology technology = read_technology(default_technology());
  const SramModel sram(technology, 180, 2);
  GateActivity activity;
  activity.cycles = 1;
  activity.toggles.assign(netlist.nets, 0);
  activity.memories = {{5, 2}};
  const GateEnergy energy = gate_energy(netlist, library, activity, WireModel{0, 0, 0}, sram, 1e6);
  EXPECT_DOUBLE_EQ(energy.memories, 7 * sram.access(netlist.memories.front()));
  EXPECT_DOUBLE_EQ(energy.total(), energy.memories);
}

}  // namespace
}  // namespace lacuna::sim
