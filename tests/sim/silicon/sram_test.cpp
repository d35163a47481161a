// SPDX-License-Identifier: Apache-2.0
#include "sim/silicon/sram.h"

#include <gtest/gtest.h>

#include "sim/silicon/wires.h"

namespace lacuna::sim {
namespace {

NetlistMemory memory(std::size_t words, std::size_t width, std::size_t reads) {
  NetlistMemory made;
  made.words = words;
  made.width = width;
  made.reads.resize(reads);
  made.writes.resize(1);
  return made;
}

TEST(SramModel, TakesTheTablesEnergyAtTheTablesNodeAndSize) {
  const Technology technology = read_technology(default_technology());
  const SramModel model(technology, 45, 0.9);
  EXPECT_DOUBLE_EQ(model.access(memory(1024, 64, 1)), 64 * technology.energy("sram") * 1e-12);
  EXPECT_DOUBLE_EQ(model.access(memory(4096, 64, 1)), 2 * model.access(memory(1024, 64, 1)));
}

TEST(SramModel, EnergyGrowsWithLengthAndVoltageSquared) {
  const Technology technology = read_technology(default_technology());
  EXPECT_DOUBLE_EQ(SramModel(technology, 180, 1.8).access(memory(64, 8, 1)),
                   16 * SramModel(technology, 45, 0.9).access(memory(64, 8, 1)));
}

TEST(SramModel, AreaIsThatOfBitsAndPorts) {
  const Technology technology = read_technology(default_technology());
  const SramModel model(technology, 100, 1);
  // 140 x 0.01 um2 a cell, half as much again for the second port, cells are half of it all.
  EXPECT_DOUBLE_EQ(model.area(memory(100, 10, 1)), 1000 * 1.4 * 1.5 * 2);
  EXPECT_DOUBLE_EQ(model.area(memory(100, 10, 3)), 1000 * 1.4 * 2.5 * 2);
}

TEST(WireModel, GrowsWithSinksAndShrinksWithTheNode) {
  const WireModel wires = WireModel::at_node(180);
  EXPECT_EQ(wires.capacitance(0), 0);
  EXPECT_DOUBLE_EQ(wires.capacitance(1), 0.17e-15 * 18.38);
  EXPECT_DOUBLE_EQ(wires.capacitance(3), 0.17e-15 * (18.38 + 2 * 29.4));
  EXPECT_DOUBLE_EQ(WireModel::at_node(90).capacitance(3), wires.capacitance(3) / 2);
}

}  // namespace
}  // namespace lacuna::sim
