// SPDX-License-Identifier: Apache-2.0
// RTL against golden and cycle model on the SystemC platform: whatever happens on the ports, only
// cycles change.
#include "sim/lstm/platform.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "sim/common/temporary_folder.h"
#include "sim/lstm/bare_loop.h"
#include "tests/sim/lstm/case.h"

namespace lacuna::sim {
namespace {

std::uint64_t all_vectors(const LstmWorkload& workload) {
  std::uint64_t vectors = 0;
  for (const auto& sequence : workload.sequences) {
    for (const int length : sequence.lengths) vectors += length > 0 ? 2 * sequence.x.size() : 0;
  }
  return vectors;
}

class OddSizes : public testing::TestWithParam<Sizes> {};

TEST_P(OddSizes, StatesEqualGoldenAndCyclesEqualTheModelForThreeSeeds) {
  const Sizes& sizes = GetParam();
  for (const std::uint64_t seed : {1u, 2u, 3u}) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const auto which = make_case(sizes.configuration, seed, sizes.units, sizes.inputs,
                                 sizes.streams, sizes.latency);
    const auto layer = draw_layer(which);
    const auto workload = whole_sequences(which, layer);
    const RunResult result = run_platform(lstm_configuration(which.configuration), workload, {});
    EXPECT_FALSE(result.mismatch) << result.mismatch->str();
    EXPECT_EQ(result.vectors_compared, all_vectors(workload));
    EXPECT_EQ(cycle_difference(workload, result), "");
  }
}

INSTANTIATE_TEST_SUITE_P(Platform, OddSizes, testing::ValuesIn(kOddSizes), sizes_name);

/// One configuration of every weight format, with and without normalised cells, with gates side by
/// side and in turns.
class EveryFormat : public testing::TestWithParam<const char*> {
 protected:
  LstmCase odd_case(std::uint64_t seed, int units, int inputs, int latency) const {
    const int streams = std::min(2, lstm_configuration(GetParam()).engine.batch);
    return make_case(GetParam(), seed, units, inputs, streams, latency);
  }
};

INSTANTIATE_TEST_SUITE_P(Platform, EveryFormat,
                         testing::Values("small", "small_int12", "small_int8", "small_ternary",
                                         "small_binary", "turns", "turns_ternary"),
                         [](const auto& info) { return std::string(info.param); });

TEST_P(EveryFormat, StallsAndJitterChangeOnlyCycles) {
  const auto which = odd_case(4, 21, 10, 6);
  const auto layer = draw_layer(which);
  const auto workload = whole_sequences(which, layer);
  const auto& configuration = lstm_configuration(which.configuration);
  std::uint64_t before = run_platform(configuration, workload, {}).total();
  for (const double stall : {0.25, 0.5, 0.75}) {
    PlatformOptions options;
    options.stall = stall;
    options.jitter = 30;
    const RunResult result = run_platform(configuration, workload, options);
    EXPECT_FALSE(result.mismatch) << result.mismatch->str();
    EXPECT_EQ(result.vectors_compared, all_vectors(workload));
    EXPECT_GT(result.total(), before) << "more stalls, more cycles";
    before = result.total();
  }
}

TEST(Platform, SameSeedSameCyclesUnderStalls) {
  const auto which = make_case("three", 5, 14, 6, 3);
  const auto layer = draw_layer(which);
  const auto workload = whole_sequences(which, layer);
  PlatformOptions options;
  options.stall = 0.5;
  options.seed = 9;
  const auto& configuration = lstm_configuration("three");
  const auto first = run_platform(configuration, workload, options).total();
  EXPECT_EQ(run_platform(configuration, workload, options).total(), first);
  options.seed = 10;
  EXPECT_NE(run_platform(configuration, workload, options).total(), first);
}

TEST_P(EveryFormat, ResetInTheMiddleOfAStepLeavesNothingBehind) {
  const auto which = odd_case(6, 41, 22, 1);
  const auto layer = draw_layer(which);
  for (const std::uint64_t cycle : {1u, 2u, 17u, 60u, 101u, 150u}) {
    SCOPED_TRACE("reset after " + std::to_string(cycle) + " cycles");
    auto workload = whole_sequences(which, layer);
    auto cut = workload.sequences.back();
    cut.reset_after = cycle;
    workload.sequences.insert(workload.sequences.begin() + 1, cut);
    const RunResult result = run_platform(lstm_configuration(which.configuration), workload, {});
    EXPECT_FALSE(result.mismatch) << result.mismatch->str();
    EXPECT_EQ(result.each.size(), workload.sequences.size());
    EXPECT_EQ(result.each[1][kMac] + result.each[1][kTurn] + result.each[1][kListWait] +
                  result.each[1][kWeightWait] + result.each[1][kBankWait],
              cycle);
    EXPECT_EQ(cycle_difference(workload, result), "");
  }
}

TEST(Platform, StepWithoutAnyColumnCostsOnlyItsOverhead) {
  const auto which = make_case("small", 7, 9, 5, 3);
  auto layer = draw_layer(which);
  layer.input = golden::InputKind::kDense;
  layer.threshold = 127;
  LstmWorkload workload = make_workload(layer, lstm_configuration("small").engine, 1);
  SequenceInput input;
  input.lengths = {3, 3, 3};
  input.dense.assign(3, std::vector<std::int8_t>(15, 0));
  add_sequence(workload, layer, input);
  const RunResult result = run_platform(lstm_configuration("small"), workload, {});
  EXPECT_FALSE(result.mismatch) << result.mismatch->str();
  EXPECT_EQ(cycle_difference(workload, result), "");
  EXPECT_EQ(result.cycles[kMac], 0u);
  EXPECT_EQ(result.commands, 0u);
}

TEST(Platform, NarrowMemoryStarvesTheEngine) {
  const auto which = make_case("reference", 8, 40, 20, 8);
  const auto layer = draw_layer(which);
  const auto workload = whole_sequences(which, layer);
  PlatformOptions options;
  options.bytes_per_cycle = 16;
  const RunResult result = run_platform(lstm_configuration("reference"), workload, options);
  EXPECT_FALSE(result.mismatch) << result.mismatch->str();
  EXPECT_GT(result.cycles[kWeightWait], result.cycles[kMac] / 4) << "16 of 24 bytes a cycle";
}

TEST(Platform, WaveFileIsWritten) {
  const TemporaryFolder folder;
  const auto which = make_case("single", 9, 2, 2, 1);
  const auto layer = draw_layer(which);
  PlatformOptions options;
  options.wave = folder.path() / "engine.fst";
  run_platform(lstm_configuration("single"), whole_sequences(which, layer), options);
  EXPECT_GT(std::filesystem::file_size(options.wave), 1000u);
}

TEST(BareLoop, TakesTheCyclesOfThePlatform) {
  const auto which = make_case("small", 10, 33, 14, 8, 3);
  const auto layer = draw_layer(which);
  const auto workload = whole_sequences(which, layer);
  const RunResult bare = run_bare_loop(lstm_configuration("small"), workload, 1);
  EXPECT_FALSE(bare.mismatch) << bare.mismatch->str();
  EXPECT_EQ(bare.vectors_compared, all_vectors(workload));
  EXPECT_EQ(cycle_difference(workload, bare), "");
}

}  // namespace
}  // namespace lacuna::sim
