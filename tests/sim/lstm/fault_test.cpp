// SPDX-License-Identifier: Apache-2.0
// Checks that must fail: a wrong golden, a wrong memory and a wrong design are each noticed and
// named.
#include <gmock/gmock.h>

#include "golden/error.h"
#include "sim/lstm/platform.h"
#include "sim/network/cosim.h"
#include "tests/sim/lstm/case.h"

namespace lacuna::sim {

std::unique_ptr<LstmModel> make_lstm_mutant(std::uint64_t seed);

namespace {

using testing::AllOf;
using testing::HasSubstr;

TEST(Faults, FlippedBitOfGoldenIsNamedByStepUnitAndStream) {
  const auto which = make_case("small", 1, 11, 6, 5);
  const auto layer = draw_layer(which);
  auto workload = whole_sequences(which, layer);
  auto& states = workload.sequences.back().expected;
  const std::size_t step = states.size() - 1, unit = 7, stream = 4;
  states[step].c[unit * 8 + stream] ^= 1;
  const RunResult result = run_platform(lstm_configuration("small"), workload, {});
  ASSERT_TRUE(result.mismatch);
  EXPECT_EQ(result.mismatch->what, "c");
  EXPECT_EQ(result.mismatch->step, static_cast<int>(step));
  EXPECT_EQ(result.mismatch->unit, 7);
  EXPECT_EQ(result.mismatch->stream, 4);
  EXPECT_EQ(result.mismatch->expected, states[step].c[unit * 8 + stream]);
  EXPECT_EQ(result.mismatch->got, states[step].c[unit * 8 + stream] ^ 1);
  EXPECT_THAT(result.mismatch->str(), AllOf(HasSubstr("engine lac_sparse_lstm"),
                                            HasSubstr("unit 7"), HasSubstr("batch element 4")));
}

TEST(Faults, FlippedBitOfTheWeightMemoryIsAMismatchOfItsUnit) {
  const auto which = make_case("small", 2, 11, 6, 5);
  auto layer = draw_layer(which);
  layer.input = golden::InputKind::kDense;
  layer.threshold = 0;
  auto workload = make_workload(layer, lstm_configuration("small").engine, 1);
  SequenceInput input;
  input.lengths = {4, 4, 4};
  input.dense.assign(4, std::vector<std::int8_t>(18, 100));
  add_sequence(workload, layer, input);
  // Block 0, column 0: word 1, slot 0, gate g (lane 2) is a weight of unit 2. Its top bit weighs
  // 128.
  workload.weights[workload.layout.address(0, 0) + 8 + 2] ^= 0x80;
  const RunResult result = run_platform(lstm_configuration("small"), workload, {});
  ASSERT_TRUE(result.mismatch);
  EXPECT_EQ(result.mismatch->unit, 2);
}

TEST(Faults, MissingCycleOfTheModelIsNamed) {
  const auto which = make_case("small", 3, 11, 6, 5);
  const auto layer = draw_layer(which);
  auto workload = whole_sequences(which, layer);
  workload.sequences[0].cycles.mac += 1;
  const RunResult result = run_platform(lstm_configuration("small"), workload, {});
  EXPECT_FALSE(result.mismatch);
  EXPECT_THAT(cycle_difference(workload, result),
              AllOf(HasSubstr("cycles"), HasSubstr("sequence 0")));
}

TEST(Faults, MutatedDesignIsAMismatch) {
  // The mutant also prunes states that equal the threshold; with the smallest threshold some state
  // of the first few does.
  LstmConfiguration mutant = lstm_configuration("single");
  mutant.make = &make_lstm_mutant;
  const auto which = make_case("single", 4, 60, 4, 1);
  auto layer = draw_layer(which);
  layer.threshold = 2;
  const auto workload = whole_sequences(which, layer);
  EXPECT_FALSE(run_platform(lstm_configuration("single"), workload, {}).mismatch);
  const RunResult result = run_platform(mutant, workload, {});
  ASSERT_TRUE(result.mismatch);
  EXPECT_EQ(result.mismatch->what, "h");
  EXPECT_EQ(result.mismatch->got, 0);
  EXPECT_EQ(std::abs(result.mismatch->expected), 2);
}

TEST(Faults, CosimOfAMutatedDesignEndsWithTheDifference) {
  auto layer = draw_layer(make_case("single", 4, 60, 4, 1));
  layer.threshold = 2;
  golden::Bundle bundle;
  bundle.layers = {layer};
  InputRequest request;
  request.streams = 1;
  request.steps = 8;
  const NetworkInput input = read_network_input(bundle, request);
  CosimOptions options;
  options.configuration = lstm_configuration("single");
  EXPECT_EQ(cosimulate(bundle, input, options).difference(), "");
  options.configuration.make = &make_lstm_mutant;
  const CosimResult result = cosimulate(bundle, input, options);
  EXPECT_THAT(result.difference(),
              AllOf(HasSubstr("step"), HasSubstr("unit"), HasSubstr("batch element 0")));
  EXPECT_EQ(to_json(result).at("mismatches"), 1);
}

TEST(Faults, EngineThatWaitsForeverIsStuck) {
  // Less input than the lengths promise.
  const auto which = make_case("single", 5, 3, 2, 1);
  const auto layer = draw_layer(which);
  auto workload = whole_sequences(which, layer);
  workload.sequences.back().x.pop_back();
  EXPECT_THROW(run_platform(lstm_configuration("single"), workload, {}), CheckFailed);
}

TEST(Faults, EngineThatReadsBehindItsMemoryIsCaught) {
  const auto which = make_case("single", 6, 9, 4, 1);
  const auto layer = draw_layer(which);
  auto workload = whole_sequences(which, layer);
  workload.weights.resize(workload.weights.size() / 2);
  EXPECT_THROW(run_platform(lstm_configuration("single"), workload, {}), CheckFailed);
}

}  // namespace
}  // namespace lacuna::sim
