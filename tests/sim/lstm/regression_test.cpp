// SPDX-License-Identifier: Apache-2.0
// The random regression: what it draws, that it passes, and that its report is JUnit.
#include "sim/lstm/regression.h"

#include <gmock/gmock.h>

#include "golden/error.h"
#include "tests/golden/error_message.h"

namespace lacuna::sim {
namespace {

TEST(Regression, DrawsTheSameCaseForTheSameSeed) {
  for (int index = 0; index < 20; ++index) {
    const auto first = draw_case(3, index);
    const auto second = draw_case(3, index);
    EXPECT_EQ(first.name, second.name);
    EXPECT_EQ(draw_layer(first).weight_x, draw_layer(second).weight_x);
    EXPECT_GE(first.units, 1);
    EXPECT_LE(first.units, 257);
    EXPECT_LE(first.inputs, 100);
    EXPECT_LE(first.streams, 8);
  }
  EXPECT_NE(draw_case(3, 0).name, draw_case(4, 0).name);
}

TEST(Regression, ACaseOfEachConfigurationPasses) {
  for (int index = 0; index < 9; ++index) {
    const auto outcome = regression_of("lstm")(1, index);
    EXPECT_EQ(outcome.failure, "") << outcome.name;
    EXPECT_GT(outcome.vectors, 0u);
  }
}

TEST(Regression, AnUnknownEngineIsRefusedWithTheNamesOfTheOthers) {
  EXPECT_THAT(golden::error_message([] { regression_of("nothing"); }),
              testing::AllOf(testing::HasSubstr("nothing"), testing::HasSubstr("lstm")));
}

TEST(Regression, JunitNamesCasesAndFailures) {
  RegressionOutcome good, bad;
  good.name = "good";
  bad.name = "bad";
  bad.failure = "step 1 <2>";
  const std::string xml = to_junit("lstm", {good, bad});
  EXPECT_THAT(xml, testing::HasSubstr("tests=\"2\" failures=\"1\""));
  EXPECT_THAT(xml, testing::HasSubstr("classname=\"lstm\" name=\"good\""));
  EXPECT_THAT(xml, testing::HasSubstr("<failure message=\"step 1 &lt;2&gt;\"/>"));
}

}  // namespace
}  // namespace lacuna::sim
