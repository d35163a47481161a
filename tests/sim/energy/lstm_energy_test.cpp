// SPDX-License-Identifier: Apache-2.0
// The fast energy tier: counted events times the table, nothing else.
#include "sim/energy/lstm_energy.h"

#include <gtest/gtest.h>

#include <fstream>

#include "golden/error.h"
#include "sim/common/temporary_folder.h"
#include "tests/sim/energy/only.h"

namespace lacuna::sim {
namespace {

/// One layer of 10 units that ran 2 steps: 6 words of 8 lanes, 5 beats.
CosimResult small_run() {
  LayerResult layer;
  layer.units = 10;
  layer.steps = 2;
  layer.engine = lstm_configuration("small").engine;
  layer.run.words = 6;
  layer.run.commands = 3;
  layer.run.beats = 5;
  layer.kept_columns = 3;
  CosimResult result;
  result.layers = {layer};
  return result;
}

TEST(LstmEnergy, MainMemoryCountsTheBitsOnThePort) {
  const EngineEnergy energy = lstm_energy(small_run(), only("dram"));
  EXPECT_DOUBLE_EQ(energy.dram, 5 * 32 * 8 * 1e-12);
  EXPECT_DOUBLE_EQ(energy.engine, 0);
}

TEST(LstmEnergy, EveryWordCostsLanesTimesBatchMacs) {
  const EngineEnergy energy = lstm_energy(small_run(), only("multiply"));
  EXPECT_DOUBLE_EQ(energy.pe, 6 * 8 * 8 * 64 * 1e-12);
  EXPECT_GT(energy.engine, energy.pe) << "the element-wise unit multiplies too";
}

TEST(LstmEnergy, TernaryWeightsAddInsteadOfMultiplying) {
  CosimResult run = small_run();
  run.layers[0].engine = lstm_configuration("small_ternary").engine;  // 20 lanes, batch 4
  EXPECT_DOUBLE_EQ(lstm_energy(run, only("multiply")).pe, 0);
  EXPECT_DOUBLE_EQ(lstm_energy(run, only("add")).pe, 6 * 20 * 4 * (8 + 20) * 1e-12);
}

TEST(LstmEnergy, ANormalisedCellCostsOneProductMoreAUnit) {
  CosimResult plain = small_run(), normalised = small_run();
  normalised.layers[0].engine.cell_norm = true;
  const auto elementwise = [](const CosimResult& run) {
    return lstm_energy(run, only("multiply")).engine - lstm_energy(run, only("multiply")).pe;
  };
  EXPECT_NEAR(elementwise(normalised) - elementwise(plain), 2 * 10 * 8 * 16 * 16 * 1e-12, 1e-16);
}

TEST(LstmEnergy, SumsAreReadAndWrittenAndDrained) {
  const Technology technology = only("sram");
  const EngineEnergy energy = lstm_energy(small_run(), technology);
  const double accesses = 2.0 * 6 * 8 * 8 + 2 * 10 * 8 * 4 * 2;
  const double bytes = 2 * 2 * 4 * 24 / 8;
  EXPECT_DOUBLE_EQ(energy.pe_with_sums, accesses * 24 * technology.memory_bit(bytes) * 1e-12);
}

TEST(LstmEnergy, PartsAddUp) {
  const EngineEnergy energy = lstm_energy(small_run(), read_technology(default_technology()));
  double sum = 0;
  for (const auto& part : energy.parts) sum += part.joule;
  EXPECT_NEAR(sum, energy.total(), 1e-9 * sum);
}

TEST(Technology, EveryEntryStatesNodeVoltageAndSource) {
  for (const auto& entry : read_technology(default_technology()).entries) {
    EXPECT_FALSE(entry.node.empty()) << entry.name;
    EXPECT_GT(entry.voltage, 0) << entry.name;
    EXPECT_GT(entry.source.size(), 20u) << entry.name;
    EXPECT_FALSE(entry.tag.empty()) << entry.name;
  }
}

TEST(Technology, TableWithoutASourceIsRefused) {
  const TemporaryFolder folder;
  const auto file = folder.path() / "bad.toml";
  std::ofstream(file) << "name = 'x'\n[[entry]]\nname = 'add'\nenergy_pj = 1.0\n";
  EXPECT_THROW(read_technology(file), Error);
}

}  // namespace
}  // namespace lacuna::sim
