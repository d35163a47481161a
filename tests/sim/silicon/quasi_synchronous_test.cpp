// SPDX-License-Identifier: Apache-2.0
// From volt to late bits to errors, on a tree small enough for a test.
#include "sim/silicon/quasi_synchronous.h"

#include <gmock/gmock.h>

#include "golden/error.h"
#include "golden/random.h"
#include "golden/sc/sc_network.h"
#include "tests/sim/sc/case.h"

namespace lacuna::sim {
namespace {

TEST(VoltageLaw, IsTheAlphaPowerLaw) {
  const VoltageLaw law;
  EXPECT_DOUBLE_EQ(law.delay(1.8), 1);
  EXPECT_NEAR(law.delay(1.2), (1.2 / 1.8) * std::pow(1.35 / 0.75, 1.3), 1e-12);
  EXPECT_GT(law.delay(0.8), law.delay(1.0));
  EXPECT_DOUBLE_EQ(law.energy(0.9), 0.25);
  EXPECT_THROW(law.delay(0.45), Error);
  EXPECT_THROW(law.delay(1.9), Error);
}

TEST(AdderTree, IsNeverLateAfterItsLongestPathAndAlwaysAtOnce) {
  const Library library = read_library(default_library());
  const AdderTree tree(5, 4, 7, library, WireModel{});
  TreeWorkload work{5, 4, 7, {}};
  golden::Random random(3);
  for (int cycle = 0; cycle < 200; ++cycle) {
    work.cycles.emplace_back();
    for (int n = 0; n < 5; ++n)
      work.cycles.back().push_back(static_cast<std::int32_t>(random.integer(-8, 7)));
  }
  const double path = tree.longest_path();
  const auto late = tree.late(work, {path, 0.5 * path, 0});
  for (const double share : late[0]) EXPECT_EQ(share, 0);
  double worst = 0;
  for (std::size_t bit = 0; bit < 7; ++bit) {
    EXPECT_LE(late[1][bit], late[2][bit] + 0.2) << "bit " << bit;
    worst = std::max(worst, late[1][bit]);
  }
  EXPECT_GT(worst, 0);
  EXPECT_NEAR(late[2][0], 0.5, 0.15) << "at once the lowest bit is the one before, half the time";
}

TEST(QuasiSynchronous, AtNominalSupplyNothingIsLate) {
  const auto bundle = draw_network(make_sc_case("small_m2", 1, 60, 20));
  std::vector<std::int8_t> x;
  for (int n = 0; n < 29 * 20; ++n) x.push_back(static_cast<std::int8_t>(n * 53 % 128));
  const auto sums = golden::ScNetwork(bundle, 1).run(x, 20);
  std::vector<int> labels;
  for (std::size_t image = 0; image < 20; ++image)
    labels.push_back(sums[2 * image] >= sums[2 * image + 1] ? 0 : 1);
  const QuasiSynchronous result =
      quasi_synchronous(bundle, x, labels, {1.8, 0.7}, 1, read_library(default_library()));
  ASSERT_EQ(result.points.size(), 2u);
  EXPECT_THAT(result.points[0].late, testing::Each(0));
  EXPECT_EQ(result.points[0].wrong, 0);
  EXPECT_GT(result.points[1].late[0], 0.01);
  EXPECT_EQ(result.layers.size(), 3u);
  EXPECT_EQ(result.layers[0].numbers, 3) << "29 inputs are two parts, and the bias";
  EXPECT_EQ(to_json(result).at("voltages").size(), 2u);
  std::istringstream lines(to_table(result));
  for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 80u) << line;
}

}  // namespace
}  // namespace lacuna::sim
