// SPDX-License-Identifier: Apache-2.0
// A stochastic bundle in RTL, from the input to the report.
#include "sim/network/sc_cosim.h"

#include <gmock/gmock.h>

#include "golden/error.h"
#include "sim/network/cosim.h"
#include "tests/sim/sc/case.h"

namespace lacuna::sim {
namespace {

using testing::HasSubstr;

ScCosimResult run(const golden::Bundle& bundle, const ScCosimOptions& options, int images = 4) {
  InputRequest request;
  request.streams = images;
  return cosimulate_sc(bundle, read_network_input(bundle, request), options);
}

TEST(ScCosim, FindsTheConfigurationAndEqualsGoldenAndModel) {
  const auto bundle = draw_network(make_sc_case("small_m2", 1, 60, 20));
  const ScCosimResult result = run(bundle, {});
  EXPECT_EQ(result.difference, "");
  EXPECT_EQ(result.configuration, "small_m2");
  EXPECT_EQ(result.run.images_compared, 4u);
  EXPECT_EQ(result.run.bits_compared, 4u * 60u * (6u + 13u));
  EXPECT_EQ(result.run.total(), result.cycles_model);
  EXPECT_EQ(result.latency(), 70u) << "length + 10, as in the paper";
  const auto json = to_json(result);
  for (const char* field : {"engine", "top", "simulator", "seed", "steps", "batch",
                            "vectors_compared", "mismatches", "cycles", "cycles_model",
                            "cycles_roofline", "utilisation", "kilocycles_per_second", "events"})
    EXPECT_TRUE(json.contains(field)) << field;
  EXPECT_THAT(to_table(result), HasSubstr("equal"));
}

TEST(ScCosim, FoldedNetworksRunOnTheEngineOfTheirSizesWithItsDelay) {
  const auto bundle = draw_network(make_sc_case("small_folded_m2", 1, 60, 20));
  const ScCosimResult result = run(bundle, {});
  EXPECT_EQ(result.difference, "");
  EXPECT_EQ(result.engine.top, "lac_folded_dnn");
  EXPECT_EQ(result.run.total(), result.cycles_model);
  EXPECT_EQ(result.roofline(), 4.0 * 60 * (30 + 7 + 16)) << "a word of codes a clock";
}

TEST(ScCosim, StallsAreNotHeldAgainstTheModel) {
  const auto bundle = draw_network(make_sc_case("small_m4", 2, 30, 10));
  ScCosimOptions options;
  options.platform.stall = 0.9;
  const ScCosimResult result = run(bundle, options);
  EXPECT_EQ(result.difference, "");
  EXPECT_GT(result.run.total(), result.cycles_model);
  EXPECT_THAT(to_table(result), HasSubstr("without stalls"));
}

TEST(ScCosim, AnotherSeedIsAnotherStreamAndStillExact) {
  const auto bundle = draw_network(make_sc_case("small_m1", 3, 40, 16));
  ScCosimOptions options;
  options.platform.seed = 77;
  EXPECT_EQ(run(bundle, options).difference, "");
}

TEST(ScCosim, RefusesOtherNetworksAndConfigurations) {
  const auto bundle = draw_network(make_sc_case("small_m1", 4, 10, 4));
  ScCosimOptions options;
  options.configuration = sc_configuration("small_m2");
  EXPECT_THROW(run(bundle, options), Error);
  EXPECT_TRUE(is_stochastic(bundle));
  CosimOptions recurrent;
  InputRequest request;
  EXPECT_THROW(cosimulate(bundle, read_network_input(bundle, request), recurrent), Error);
}

}  // namespace
}  // namespace lacuna::sim
