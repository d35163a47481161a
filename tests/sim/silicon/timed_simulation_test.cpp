// SPDX-License-Identifier: Apache-2.0
// Changes and glitches of a few gates, with delays and times known by hand.
#include "sim/silicon/timed_simulation.h"

#include <gtest/gtest.h>

#include <numeric>

#include "tests/sim/silicon/tiny_library.h"

namespace lacuna::sim {
namespace {

/// Of all nets.
std::uint64_t changes(const TimedSimulation& timed) {
  return std::accumulate(timed.changes().begin(), timed.changes().end(), std::uint64_t{0});
}

/// y = !(a !a), 1 whatever a is: an inverter of `inverter` ns before a NAND of 1 ns.
struct Glitch {
  explicit Glitch(double inverter) {
    netlist.top = "glitch";
    netlist.nets = 5;
    netlist.cells = {{&library.cell("INV"), 0, {kA, kInverted}},
                     {&library.cell("NAND"), 0, {kA, kInverted, kY}}};
    delays = {{{0, 1, inverter * 1e-9, inverter * 1e-9}}, {{0, 2, 1e-9, 1e-9}, {1, 2, 1e-9, 1e-9}}};
  }

  static constexpr Net kA = 2, kInverted = 3, kY = 4;
  const std::vector<std::uint8_t> low{0, 1, 0, 1, 1}, high{0, 1, 1, 0, 1};
  Library library = library_of(kTinyLibrary);
  Netlist netlist;
  std::vector<std::vector<GateDelay>> delays;
};

TEST(TimedSimulation, AGlitchComesAndGoesInItsTime) {
  const Glitch glitch(3);
  TimedSimulation timed(glitch.netlist, glitch.delays);
  timed.run(glitch.low, glitch.high);
  // a rises at 0, its complement falls at 3 ns: y is 0 from 1 to 4 ns.
  EXPECT_TRUE(timed.at(Glitch::kY, 0.9e-9));
  EXPECT_FALSE(timed.at(Glitch::kY, 1.1e-9));
  EXPECT_FALSE(timed.at(Glitch::kY, 3.9e-9));
  EXPECT_TRUE(timed.at(Glitch::kY, 4.1e-9));
  EXPECT_DOUBLE_EQ(timed.settled_after(), 4e-9);
  EXPECT_EQ(changes(timed), 4u) << "of a, its complement, and y twice";

  timed.run(glitch.high, glitch.low);  // a falls: y stays
  EXPECT_TRUE(timed.at(Glitch::kY, 1.1e-9));
  EXPECT_TRUE(timed.at(Glitch::kInverted, 3.1e-9));
  EXPECT_FALSE(timed.at(Glitch::kInverted, 2.9e-9));
  EXPECT_EQ(changes(timed), 6u);
}

TEST(TimedSimulation, APulseShorterThanAGateEndsThere) {
  const Glitch glitch(0.5);
  TimedSimulation timed(glitch.netlist, glitch.delays);
  timed.run(glitch.low, glitch.high);
  for (const double time : {0.9e-9, 1.2e-9, 2e-9}) EXPECT_TRUE(timed.at(Glitch::kY, time));
  EXPECT_EQ(changes(timed), 2u);
}

TEST(TimedSimulation, NothingChangesWhereNothingDoes) {
  const Glitch glitch(3);
  TimedSimulation timed(glitch.netlist, glitch.delays);
  timed.run(glitch.low, glitch.low);
  EXPECT_EQ(timed.settled_after(), 0);
  EXPECT_EQ(changes(timed), 0u);
  EXPECT_FALSE(timed.at(Glitch::kA, 1e-9));
}

}  // namespace
}  // namespace lacuna::sim
