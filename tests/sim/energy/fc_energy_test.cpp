// SPDX-License-Identifier: Apache-2.0
// The fast energy tier of the fully-connected engine: counted events times the table, nothing else.
#include "sim/energy/fc_energy.h"

#include <gtest/gtest.h>

#include "tests/sim/energy/only.h"

namespace lacuna::sim {
namespace {

/// 3 images through 100 inputs and 20 outputs; every group has 10 connections, if it has a mask.
FcCosimResult small_run(const char* configuration) {
  FcLayerResult layer;
  layer.inputs = 100;
  layer.outputs = 20;
  layer.images = 3;
  layer.connections = 200;
  layer.depth = 12;
  layer.engine = fc_configuration(configuration).engine;
  const int words = layer.engine.masked ? 10 : 100;
  layer.words = static_cast<std::uint64_t>(words * layer.engine.groups);
  FcCosimResult result;
  result.layers = {layer};
  return result;
}

double of_part(const EngineEnergy& energy, const std::string& name) {
  for (const auto& part : energy.parts) {
    if (part.part == name) return part.joule;
  }
  ADD_FAILURE() << "no part " << name;
  return 0;
}

TEST(FcEnergy, OnlyExistingConnectionsMultiplyOnAMaskedEngineInAllItsNeurons) {
  const Technology multiply = only("multiply");
  EXPECT_DOUBLE_EQ(fc_energy(small_run("small_skip"), multiply).pe, 3 * 10 * 32 * 8 * 8 * 1e-12);
  EXPECT_DOUBLE_EQ(fc_energy(small_run("small_dense"), multiply).pe, 3 * 100 * 16 * 8 * 8 * 1e-12);
}

TEST(FcEnergy, BinaryWeightsAddInsteadOfMultiplying) {
  EXPECT_DOUBLE_EQ(fc_energy(small_run("small_binary"), only("multiply")).pe, 0);
  EXPECT_DOUBLE_EQ(fc_energy(small_run("small_binary"), only("add")).pe,
                   3 * 10 * 6 * (8 + 20) * 1e-12);
}

TEST(FcEnergy, AGroupReadsOneWordForAllItsNeurons) {
  const FcCosimResult run = small_run("small_skip");  // 8 neurons a group
  const Technology sram = only("sram");
  EXPECT_DOUBLE_EQ(of_part(fc_energy(run, sram), "weight memory"),
                   3 * 10 * 4 * 64 * sram.memory_bit(12 * 64.0 / 8) * 1e-12);
}

TEST(FcEnergy, EveryGroupThatSkipsWritesItsOwnCopyOfTheActivations) {
  const Technology sram = only("sram");
  const double beat = sram.memory_bit(200) * 4 * 8 * 1e-12;  // 25 of four activations an image
  EXPECT_DOUBLE_EQ(of_part(fc_energy(small_run("small_dense"), sram), "activation memory"),
                   (300 + 75) * beat);
  EXPECT_DOUBLE_EQ(of_part(fc_energy(small_run("small_skip"), sram), "activation memory"),
                   (3 * 10 * 4 + 75 * 4) * beat);
}

TEST(FcEnergy, OnlyMaskedEnginesCompare) {
  const Technology add = only("add");
  EXPECT_DOUBLE_EQ(of_part(fc_energy(small_run("small_dense"), add), "mask"), 0);
  EXPECT_DOUBLE_EQ(of_part(fc_energy(small_run("small_skip"), add), "mask"), 300 * 4 * 7 * 1e-12);
}

TEST(FcEnergy, PartsAddUpAndThereIsNoMainMemory) {
  const EngineEnergy energy =
      fc_energy(small_run("small_int8"), read_technology(default_technology()));
  double sum = 0;
  for (const auto& part : energy.parts) sum += part.joule;
  EXPECT_NEAR(sum, energy.total(), 1e-9 * sum);
  EXPECT_EQ(energy.dram, 0);
}

}  // namespace
}  // namespace lacuna::sim
