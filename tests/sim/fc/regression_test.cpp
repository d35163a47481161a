// SPDX-License-Identifier: Apache-2.0
#include "sim/fc/regression.h"

#include <gtest/gtest.h>

#include <set>
#include <stdexcept>

namespace lacuna::sim {
namespace {

TEST(FcRegression, CasesOfTwoSeedsPassAtEveryStall) {
  for (const std::uint64_t seed : {1u, 2u}) {
    for (int index = 0; index < 42; ++index) {
      const RegressionOutcome outcome = run_fc_case(seed, index);
      EXPECT_EQ(outcome.failure, "") << outcome.name;
      EXPECT_GT(outcome.vectors, 0u) << outcome.name;
    }
  }
}

TEST(StalledCase, EndsAtTheFirstFailureAndNamesItsStall) {
  int runs = 0;
  const RegressionOutcome outcome = StalledCase("case").run([&](StalledCase& at) {
    for (const double stall : StalledCase::kStalls) {
      ++runs;
      if (!at.add(stall, 2, 10, 0.5, stall == 0.25 ? "wrong" : "")) break;
    }
  });
  EXPECT_EQ(outcome.name, "case");
  EXPECT_EQ(outcome.failure, "wrong (stalls 25 %)");
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(outcome.vectors, 4u);
  EXPECT_EQ(outcome.cycles, 20u);
}

TEST(StalledCase, WhatIsThrownIsAFailure) {
  const RegressionOutcome outcome =
      StalledCase("case").run([](StalledCase&) { throw std::runtime_error("stuck"); });
  EXPECT_EQ(outcome.failure, "stuck");
}

TEST(FcRegression, DrawsEveryConfigurationAndTheSameCasesFromTheSameSeed) {
  std::set<std::string> drawn;
  for (int index = 0; index < 18; ++index) {
    EXPECT_EQ(draw_fc_case(7, index).name, draw_fc_case(7, index).name);
    drawn.insert(draw_fc_case(7, index).configuration);
  }
  EXPECT_EQ(drawn.size(), 9u);
  EXPECT_NE(draw_fc_case(7, 0).seed, draw_fc_case(8, 0).seed);
}

}  // namespace
}  // namespace lacuna::sim
