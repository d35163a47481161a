// SPDX-License-Identifier: Apache-2.0
// Stochastic networks beside each other, the first the baseline.
#include "sim/compare/sc_compare.h"

#include <gmock/gmock.h>

#include "golden/error.h"
#include "tests/sim/sc/case.h"

namespace lacuna::sim {
namespace {

using testing::HasSubstr;

ScEngineRun run_of(const char* configuration, int length) {
  const auto bundle = draw_network(make_sc_case(configuration, 1, length, 20));
  InputRequest request;
  request.streams = 5;
  return compare_sc(std::string("networks/") + configuration, bundle,
                    read_network_input(bundle, request), 1, read_technology(default_technology()));
}

TEST(ScCompare, AShorterStreamIsFasterByItsInterval) {
  const std::vector<ScEngineRun> runs{run_of("small_m1", 190), run_of("small_m2", 85)};
  const Technology table = read_technology(default_technology());
  const auto rows = sc_compare_rows(runs, table);
  EXPECT_EQ(rows[0].at("speedup"), 1.0);
  EXPECT_NEAR(rows[1].at("speedup").get<double>(), 200.0 / 95, 0.05);
  EXPECT_EQ(rows[1].at("latency"), 95);
  EXPECT_EQ(rows[0].at("latency_change"), 0);
  EXPECT_DOUBLE_EQ(rows[1].at("latency_change").get<double>(), 100.0 * 95 / 200 - 100);
  EXPECT_EQ(rows[1].at("baseline"), "networks/small_m1");
  EXPECT_EQ(rows[0].at("energy_ratio"), 1.0);
  EXPECT_GT(rows[0].at("energy_joule").get<double>(), 0);
  const std::string text = sc_compare_table(runs);
  EXPECT_THAT(text, HasSubstr("small_m2"));
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 80u) << line;
}

/// A conventional network as baseline runs on its own engine.
TEST(ScCompare, AConventionalNetworkIsABaseline) {
  const std::vector<ScEngineRun> runs{run_of("small_bipolar", 90), run_of("small_m4", 30)};
  const auto rows = sc_compare_rows(runs, read_technology(default_technology()));
  EXPECT_EQ(rows[0].at("bipolar"), true);
  EXPECT_EQ(rows[1].at("bipolar"), false);
  EXPECT_DOUBLE_EQ(rows[1].at("latency_change").get<double>(), -60);
}

}  // namespace
}  // namespace lacuna::sim
