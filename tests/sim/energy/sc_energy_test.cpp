// SPDX-License-Identifier: Apache-2.0
// The fast energy tier of the stochastic engine: what works in a cycle, times cycles and table.
#include "sim/energy/sc_energy.h"

#include <gtest/gtest.h>

#include "tests/sim/energy/only.h"

namespace lacuna::sim {
namespace {

TEST(ScEnergy, TreesKeepEveryBit) {
  EXPECT_EQ(tree_bits(2, 1), 2) << "two numbers of -1..1 have two bits each";
  EXPECT_EQ(tree_bits(2, 4), 4) << "-4..4 has four";
  EXPECT_EQ(tree_bits(4, 1), 2 * 2 + 3);
  EXPECT_EQ(tree_bits(5, 1), 2 * 2 + 3 + 4) << "the fifth number waits for the last adder";
  EXPECT_EQ(tree_bits(1, 3), 0);
}

TEST(ScEnergy, EveryComparatorTreeAndCounterWorksInEveryCycleOfAnImage) {
  ScCosimResult result;
  result.engine.inputs = 4;
  result.engine.hidden1 = 3;
  result.engine.hidden2 = 2;
  result.engine.outputs = 1;
  result.engine.integral = 2;
  result.run.runs.resize(1);
  result.run.runs[0].cycles[kScRuns] = 100;
  result.run.runs[0].cycles[kScInputWait] = 50;
  const EngineEnergy energy = sc_energy(result, only("add"));
  const double comparators = (4 + 2 * (3 * 5 + 2 * 4 + 1 * 3)) * 11;
  const double trees = 3 * tree_bits(5, 2) + 2 * tree_bits(4, 2) + 1 * tree_bits(3, 2);
  EXPECT_DOUBLE_EQ(energy.pe, 100 * (comparators + trees) * 1e-12);
  EXPECT_DOUBLE_EQ(energy.engine - energy.pe, 100 * (2 * 5 * 12 + 32) * 1e-12);
  EXPECT_EQ(energy.dram, 0);
}

}  // namespace
}  // namespace lacuna::sim
