// SPDX-License-Identifier: Apache-2.0
// The random regression: what it draws, that it passes, and that its report is JUnit.
#include "sim/regress/regression.h"

#include <gmock/gmock.h>

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

TEST(Regression, AFewCasesPass) {
  for (int index = 0; index < 4; ++index) {
    const auto outcome = run_case(draw_case(1, index));
    EXPECT_EQ(outcome.failure, "") << outcome.which.name;
    EXPECT_GT(outcome.vectors, 0u);
  }
}

TEST(Regression, JunitNamesCasesAndFailures) {
  RegressionOutcome good, bad;
  good.which.name = "good";
  bad.which.name = "bad";
  bad.failure = "step 1 <2>";
  const std::string xml = to_junit({good, bad});
  EXPECT_THAT(xml, testing::HasSubstr("tests=\"2\" failures=\"1\""));
  EXPECT_THAT(xml, testing::HasSubstr("name=\"good\""));
  EXPECT_THAT(xml, testing::HasSubstr("<failure message=\"step 1 &lt;2&gt;\"/>"));
}

}  // namespace
}  // namespace lacuna::sim
