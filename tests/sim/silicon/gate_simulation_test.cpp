// SPDX-License-Identifier: Apache-2.0
#include "sim/silicon/gate_simulation.h"

#include <gmock/gmock.h>

#include "golden/error.h"
#include "tests/sim/silicon/hand_netlist.h"
#include "tests/sim/silicon/tiny_library.h"

namespace lacuna::sim {
namespace {

TEST(GateSimulation, DividerTogglesOnceACycle) {
  const Library library = library_of(kTinyLibrary);
  const Netlist netlist = divider(library);
  GateSimulation gates(netlist);
  gates.settle(false);
  std::uint32_t before = gates.get(gates.port("y_o"));
  gates.edge();
  for (int cycle = 0; cycle < 10; ++cycle) {
    gates.settle(true);
    EXPECT_EQ(gates.get(gates.port("y_o")), 1 - before);
    before = 1 - before;
    gates.edge();
  }
  EXPECT_EQ(gates.activity().cycles, 10u);
  EXPECT_THAT(gates.activity().toggles, testing::ElementsAre(0, 0, 0, 10, 10));
}

TEST(GateSimulation, RefreshShowsTheNextCycleWithoutCountingIt) {
  const Library library = library_of(kTinyLibrary);
  const Netlist netlist = divider(library);
  GateSimulation gates(netlist);
  for (int cycle = 0; cycle < 5; ++cycle) {
    gates.settle(true);
    const std::uint32_t before = gates.get(gates.port("y_o"));
    gates.edge();
    gates.refresh();
    EXPECT_EQ(gates.get(gates.port("y_o")), 1 - before);
  }
  EXPECT_EQ(gates.activity().toggles[4], 4u);  // the first cycle is settled when power comes
}

TEST(GateSimulation, RegistersBeginWithBitsOfTheSeed) {
  const Library library = library_of(kTinyLibrary);
  const Netlist netlist = divider(library);
  GateSimulation gates(netlist);
  int ones = 0;
  for (std::uint64_t seed = 0; seed < 64; ++seed) {
    gates.power_on(seed);
    const auto first = gates.get(gates.port("y_o"));
    gates.power_on(seed);
    EXPECT_EQ(gates.get(gates.port("y_o")), first);
    ones += static_cast<int>(first);
  }
  EXPECT_GT(ones, 8);
  EXPECT_LT(ones, 56);
}

TEST(GateSimulation, MemoryReadsTheOldWordAndCountsItsAccesses) {
  const Netlist netlist = memory_alone();
  GateSimulation gates(netlist);
  const auto cycle = [&](std::uint32_t we, std::uint32_t to, std::uint32_t data, std::uint32_t en,
                         std::uint32_t from) {
    gates.set(gates.port("we_i"), we);
    gates.set(gates.port("write_addr_i"), to);
    gates.set(gates.port("data_i"), data);
    gates.set(gates.port("read_en_i"), en);
    gates.set(gates.port("read_addr_i"), from);
    gates.settle(true);
    gates.edge();
    gates.refresh();
  };
  const auto clocked = [&] { return gates.get(gates.port("clocked_o")); };
  const auto now = [&] { return gates.get(gates.port("now_o")); };
  cycle(1, 2, 3, 0, 0);
  cycle(1, 2, 1, 1, 2);
  EXPECT_EQ(clocked(), 3u) << "the word before the write of the same cycle";
  EXPECT_EQ(now(), 1u);
  cycle(0, 2, 0, 0, 2);
  EXPECT_EQ(clocked(), 3u) << "holds without its enable";
  cycle(0, 0, 0, 1, 2);
  EXPECT_EQ(clocked(), 1u);
  const MemoryActivity& did = gates.activity().memories.front();
  EXPECT_EQ(did.writes, 2u);
  EXPECT_EQ(did.reads, 2u + 1u) << "two enabled, one change of the asynchronous port's address";
}

TEST(GateSimulation, TransparentPortReadsTheNewWord) {
  Netlist netlist = memory_alone();
  netlist.memories.front().reads.front().transparent = true;
  GateSimulation gates(netlist);
  for (const std::uint32_t word : {3u, 1u, 2u}) {
    gates.set(gates.port("we_i"), 1u);
    gates.set(gates.port("read_en_i"), 1u);
    gates.set(gates.port("data_i"), word);
    gates.settle(true);
    gates.edge();
    gates.refresh();
    EXPECT_EQ(gates.get(gates.port("clocked_o")), word);
  }
}

TEST(GateSimulation, RefusesALoopAndAnUnknownPort) {
  const Library library = library_of(kTinyLibrary);
  Netlist netlist = divider(library);
  EXPECT_THROW(GateSimulation(netlist).port("z_o"), Error);
  netlist.cells[0].pins[0] = netlist.cells[0].pins[1];
  EXPECT_THAT([&] { GateSimulation gates(netlist); },
              testing::ThrowsMessage<Error>(testing::HasSubstr("loop of gates")));
}

}  // namespace
}  // namespace lacuna::sim
