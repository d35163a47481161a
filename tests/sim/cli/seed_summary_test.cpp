// SPDX-License-Identifier: Apache-2.0
#include "sim/cli/seed_summary.h"

#include <gmock/gmock.h>

#include <cmath>

namespace lacuna::cli {
namespace {

nlohmann::json report(int seed, double test) {
  const nlohmann::json figures{{"valid", {{"score", 1.0}}}, {"test", {{"score", test}}}};
  return {{"seed", seed},
          {"training", {{"unit", "% wrong"}, {"figures", figures}}},
          {"integers", figures}};
}

TEST(SeedSummary, HasMeanAndDeviationOfTheSeedsSeen) {
  const auto summary = seed_summary({report(1, 1.0), report(2, 2.0), report(5, 6.0)});
  EXPECT_EQ(summary.at("seeds"), nlohmann::ordered_json({1, 2, 5}));
  const auto& test = summary.at("scores").at("float").at("test");
  EXPECT_DOUBLE_EQ(test.at("mean").get<double>(), 3.0);
  EXPECT_DOUBLE_EQ(test.at("deviation").get<double>(), std::sqrt(7.0));
  EXPECT_EQ(summary.at("scores").at("integers").at("valid").at("deviation"), 0.0);
  EXPECT_EQ(summary.at("runs").size(), 3u);
  EXPECT_THAT(seed_table(summary), testing::HasSubstr("6.00"));
}

TEST(SeedSummary, OfOneSeedHasNoDeviation) {
  const auto summary = seed_summary({report(4, 1.5)});
  EXPECT_EQ(summary.at("scores").at("float").at("test").at("deviation"), 0.0);
}

}  // namespace
}  // namespace lacuna::cli
