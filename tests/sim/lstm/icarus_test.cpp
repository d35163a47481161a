// SPDX-License-Identifier: Apache-2.0
// A second simulator on the same RTL and vectors: the same states, the same cycles.
#include "sim/lstm/icarus.h"

#include <gtest/gtest.h>

#include "tests/sim/lstm/case.h"

namespace lacuna::sim {
namespace {

class IcarusSizes : public testing::TestWithParam<Sizes> {};

TEST_P(IcarusSizes, AgreesWithGoldenAndVerilator) {
  const Sizes& sizes = GetParam();
  const auto which =
      make_case(sizes.configuration, 1, sizes.units, sizes.inputs, sizes.streams, sizes.latency);
  const auto layer = draw_layer(which);
  const auto workload = whole_sequences(which, layer);
  const auto& configuration = lstm_configuration(which.configuration);
  const RunResult icarus = run_icarus(configuration, workload, {});
  const RunResult verilator = run_platform(configuration, workload, {});
  EXPECT_FALSE(icarus.mismatch) << icarus.mismatch->str();
  EXPECT_EQ(icarus.vectors_compared, verilator.vectors_compared);
  EXPECT_EQ(cycle_difference(workload, icarus), "");
  EXPECT_EQ(icarus.each, verilator.each);
}

INSTANTIATE_TEST_SUITE_P(Icarus, IcarusSizes, testing::ValuesIn(kOddSizes), sizes_name);

TEST(Icarus, StallsChangeNoState) {
  for (const char* name : {"small", "small_ternary"}) {
    SCOPED_TRACE(name);
    const auto which = make_case(name, 1, 9, 5, 2);
    const auto layer = draw_layer(which);
    const auto workload = whole_sequences(which, layer);
    PlatformOptions options;
    options.stall = 0.5;
    const auto& configuration = lstm_configuration(name);
    const RunResult result = run_icarus(configuration, workload, options);
    EXPECT_FALSE(result.mismatch) << result.mismatch->str();
    EXPECT_GT(result.total(), run_icarus(configuration, workload, {}).total());
  }
}

TEST(Icarus, FlippedBitOfGoldenIsNamed) {
  const auto which = make_case("single", 2, 5, 3, 1);
  const auto layer = draw_layer(which);
  auto workload = whole_sequences(which, layer);
  workload.sequences[1].expected[0].h[3] ^= 1;
  const RunResult result = run_icarus(lstm_configuration("single"), workload, {});
  ASSERT_TRUE(result.mismatch);
  EXPECT_EQ(result.mismatch->unit, 3);
  EXPECT_EQ(result.mismatch->what, "h");
}

}  // namespace
}  // namespace lacuna::sim
