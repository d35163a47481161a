// SPDX-License-Identifier: Apache-2.0
#include "sim/sc/regression.h"

#include <gtest/gtest.h>

#include <set>

namespace lacuna::sim {
namespace {

TEST(ScRegression, CasesOfTwoSeedsPassAtEveryStall) {
  for (const std::uint64_t seed : {1u, 2u}) {
    for (int index = 0; index < 24; ++index) {
      const RegressionOutcome outcome = run_sc_case(seed, index);
      EXPECT_EQ(outcome.failure, "") << outcome.name;
      EXPECT_GT(outcome.vectors, 0u) << outcome.name;
    }
  }
}

TEST(ScRegression, DrawsEveryConfigurationAndTheSameCasesFromTheSameSeed) {
  std::set<std::string> drawn;
  for (int index = 0; index < 20; ++index) {
    EXPECT_EQ(draw_sc_case(7, index).name, draw_sc_case(7, index).name);
    drawn.insert(draw_sc_case(7, index).configuration);
  }
  EXPECT_EQ(drawn.size(), 10u);
  EXPECT_NE(draw_sc_case(7, 0).seed, draw_sc_case(8, 0).seed);
}

}  // namespace
}  // namespace lacuna::sim
