// SPDX-License-Identifier: Apache-2.0
// The cycle equation by hand and by its properties; that it equals the RTL is tested in tests/sim.
#include "golden/lstm_cycles.h"

#include <gtest/gtest.h>

#include <numeric>

namespace lacuna::golden {
namespace {

LstmEngine tiny_engine() {
  LstmEngine engine;
  engine.lanes = 4;
  engine.batch = 1;
  engine.ew_width = 1;
  engine.depth = 4;
  return engine;
}

LstmLayout layout_of(const LstmEngine& engine, int inputs, int units) {
  LstmLayer layer;
  layer.inputs = inputs;
  layer.units = units;
  layer.weight_x = WeightMatrix::Zero(4 * units, inputs);
  layer.weight_h = WeightMatrix::Zero(4 * units, units);
  return plan_layout(layer, engine);
}

Columns every_unit(int units) {
  Columns columns;
  columns.index.resize(static_cast<std::size_t>(units));
  std::iota(columns.index.begin(), columns.index.end(), std::uint16_t{0});
  return columns;
}

/// Cycles of `steps` steps with `x` columns of x and every state kept.
CycleCounts dense_run(const LstmEngine& engine, int inputs, int units, int latency, int steps) {
  LstmCycles cycles(engine, layout_of(engine, inputs, units), units, latency);
  cycles.start(false, {});
  for (int step = 0; step < steps; ++step) {
    cycles.step(static_cast<std::size_t>(inputs), every_unit(units));
  }
  return cycles.counts();
}

TEST(LstmCycles, OneColumnOfOneUnitByHand) {
  // x is written in cycle 0 and can be read in 1: issue 1, command 3, its word in 4.
  // The empty h list is closed in 2: the marker is issued in 3 and taken in 6; the only visit is in
  // cycle 8 and y, eleven cycles later, in 19.
  const CycleCounts counts = dense_run(tiny_engine(), 1, 1, 1, 1);
  EXPECT_EQ(counts.total(), 19U);
  EXPECT_EQ(counts.mac, 1U);
  EXPECT_EQ(counts.turn, 1U);
  EXPECT_EQ(counts.weight_wait, 0U);
  EXPECT_EQ(counts.bank_wait, 0U);
  EXPECT_EQ(counts.list_wait, 17U);
}

TEST(LstmCycles, GatesInTurnsMakeVisitsOfFourCyclesByHand) {
  LstmEngine engine = tiny_engine();
  engine.ew_gates = 1;
  // As above up to the marker in 6: the visit waits for a multiple of 4, 8 as before; y comes five
  // stages of 4 later, or six with normalised cells.
  EXPECT_EQ(dense_run(engine, 1, 1, 1, 1).total(), 28U);
  engine.cell_norm = true;
  EXPECT_EQ(dense_run(engine, 1, 1, 1, 1).total(), 32U);
  // With a latency of 3 the marker is taken in 7: the next multiple.
  EXPECT_EQ(dense_run(engine, 1, 1, 3, 1).total(), 36U);
}

TEST(LstmCycles, AStepWithoutColumnsStillEndsItsBlocks) {
  const LstmEngine engine = tiny_engine();
  LstmCycles cycles(engine, layout_of(engine, 1, 1), 1, 1);
  cycles.start(false, {});
  cycles.step(0, {});
  // As above without the column: x is closed in 1, so the walk over h starts in 2 and the marker is
  // issued in 3, as before.
  EXPECT_EQ(cycles.counts().total(), 19U);
  EXPECT_EQ(cycles.counts().mac, 0U);
  EXPECT_EQ(cycles.counts().list_wait, 18U);
}

TEST(LstmCycles, MemoryLatencyIsPaidOnceWhileTheQueueIsLongEnough) {
  const LstmEngine engine;  // the reference: 16 columns of up to 16 words ahead
  const CycleCounts near = dense_run(engine, 50, 400, 1, 3);
  const CycleCounts far = dense_run(engine, 50, 400, 41, 3);
  EXPECT_EQ(far.total(), near.total() + 40);
  EXPECT_EQ(far.weight_wait, 40U);
  EXPECT_EQ(far.mac, near.mac);
}

TEST(LstmCycles, AShortQueueLimitsTheColumnsInFlight) {
  LstmEngine engine;
  engine.fifo_depth = 2;
  EXPECT_GT(dense_run(engine, 50, 400, 60, 3).total(), dense_run({}, 50, 400, 60, 3).total());
}

TEST(LstmCycles, EveryWordOfEveryKeptColumnTakesOneCycle) {
  const LstmEngine engine;
  // 100 units: 17 words a column. First step: x alone; then x and all states.
  EXPECT_EQ(dense_run(engine, 1, 100, 1, 4).mac, 17U * (1 + 3 * 101));
}

TEST(LstmCycles, ADenseEngineKeepsEveryState) {
  LstmEngine dense;
  dense.skip_zeros = false;
  LstmCycles cycles(dense, layout_of(dense, 1, 100), 100, 1);
  cycles.start(false, {});
  cycles.step(1, {});
  cycles.step(1, {});
  EXPECT_EQ(cycles.counts().mac, 17U * (1 + 101));
}

TEST(LstmCycles, ANarrowElementWiseUnitShowsAsBankWait) {
  LstmEngine engine;
  engine.ew_width = 1;
  LstmCycles cycles(engine, layout_of(engine, 1, 100), 100, 1);
  cycles.start(false, {});
  for (int step = 0; step < 5; ++step) cycles.step(1, {});  // no state is ever kept
  EXPECT_GT(cycles.counts().bank_wait, cycles.counts().mac);
}

TEST(LstmCycles, AnInitialStateIsReadOneBeatACycleBeforeItsColumns) {
  const LstmEngine engine;
  const LstmLayout layout = layout_of(engine, 1, 100);
  LstmCycles cycles(engine, layout, 100, 1);
  cycles.start(true, every_unit(100));
  cycles.step(1, every_unit(100));
  LstmCycles without(engine, layout, 100, 1);
  without.start(false, {});
  without.step(1, every_unit(100));
  EXPECT_EQ(cycles.counts().mac, without.counts().mac + 100U * 17U);
}

TEST(LstmCycles, ASlowInitialStateHoldsUpItsColumns) {
  const LstmEngine engine = tiny_engine();
  const auto total = [&](const LstmCycles::InitialBeats& beats) {
    LstmCycles cycles(engine, layout_of(engine, 1, 20), 20, 1);
    cycles.start(true, every_unit(20), beats);
    cycles.step(0, {});
    return cycles.counts().total();
  };
  const std::uint64_t soon = total({1, 1});
  EXPECT_EQ(total({11, 1}), soon + 10);
  // A beat a cycle: 20 columns of 4 words, the first one in 5, so the last one ends in 84. In every
  // fifth cycle: the last beat comes in 96, its column's words from 100 to 103.
  EXPECT_EQ(total({1, 5}), soon + 103 - 84);
}

TEST(LstmCycles, ANewSequenceForgetsTheLast) {
  const LstmEngine engine;
  LstmCycles cycles(engine, layout_of(engine, 3, 30), 30, 5);
  for (int sequence = 0; sequence < 2; ++sequence) {
    cycles.start(false, {});
    cycles.step(3, every_unit(30));
    cycles.step(3, every_unit(30));
    EXPECT_EQ(cycles.counts().total(), dense_run(engine, 3, 30, 5, 2).total());
  }
}

TEST(LstmRoofline, CountsUnpaddedRows) {
  EXPECT_DOUBLE_EQ(lstm_roofline(101, 100, 24), 101 * 400.0 / 24);
}

}  // namespace
}  // namespace lacuna::golden
