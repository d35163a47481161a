// SPDX-License-Identifier: Apache-2.0
// From a bundle and labelled images to a curve of errors and RTL that agrees with it.
#include "sim/network/fault_curve.h"

#include <gmock/gmock.h>

#include "golden/accuracy.h"
#include "golden/error.h"
#include "golden/sc/sc_network.h"
#include "tests/golden/fc/random_fc.h"
#include "tests/sim/sc/case.h"

namespace lacuna::sim {
namespace {

using testing::HasSubstr;

/// Labels that a network without faults gives, so that it is wrong nowhere.
struct Labelled {
  golden::Bundle bundle = draw_network(make_sc_case("small_m2", 1, 60, 20));
  std::vector<std::int8_t> x;
  std::vector<int> labels;

  Labelled() {
    for (int n = 0; n < 29 * 40; ++n) x.push_back(static_cast<std::int8_t>(n * 53 % 128));
    const auto sums = golden::ScNetwork(bundle, 1).run(x, 40);
    for (std::size_t image = 0; image < 40; ++image)
      labels.push_back(sums[2 * image] >= sums[2 * image + 1] ? 0 : 1);
  }
};

FaultRequest request_of(std::vector<double> rates) {
  FaultRequest request;
  request.rates = std::move(rates);
  request.rtl_rates = {0.01, 0.2};
  request.rtl_images = 3;
  return request;
}

TEST(FaultCurve, AStochasticNetworkIsWrongOnlyUnderFaults) {
  const Labelled labelled;
  const FaultCurve curve =
      fault_curve(labelled.bundle, labelled.x, labelled.labels, request_of({0, 0.5}));
  EXPECT_EQ(curve.engine, "sc");
  ASSERT_EQ(curve.points.size(), 2u);
  EXPECT_EQ(curve.points[0].wrong, 0);
  EXPECT_GT(curve.points[1].wrong, 10);
  ASSERT_EQ(curve.checks.size(), 2u);
  for (const FaultCheck& check : curve.checks) {
    EXPECT_EQ(check.difference, "");
    EXPECT_EQ(check.images, 3u);
    EXPECT_EQ(check.values, 3u * (60u * (6 + 13) + 2));
  }
  const auto json = to_json(curve);
  EXPECT_EQ(json.at("site"), "sums");
  EXPECT_EQ(json.at("points").at(1).at("rate"), 0.5);
  EXPECT_THAT(to_table(curve), HasSubstr("neurons' sums wrong"));
}

TEST(FaultCurve, BitsBetweenLayersAreAPlaceToo) {
  const Labelled labelled;
  FaultRequest request = request_of({0.5});
  request.site = fault_site("bits");
  const FaultCurve curve = fault_curve(labelled.bundle, labelled.x, labelled.labels, request);
  for (const FaultCheck& check : curve.checks) EXPECT_EQ(check.difference, "");

  // Four beats of pixels, then an image every 70 cycles.
  const golden::Faults faults(request.site, 1, 0.5, 3);
  std::vector<golden::ScImageFaults> each;
  for (std::uint64_t image = 0; image < 40; ++image) each.emplace_back(faults, 4 + 70 * image);
  const auto sums = golden::ScNetwork(labelled.bundle, 1).run(labelled.x, 40, each);
  EXPECT_DOUBLE_EQ(curve.points[0].wrong, 100 * (1 - golden::accuracy(sums, labelled.labels)));
}

TEST(FaultCurve, ABinaryRadixNetworkRunsOnTheParallelLayers) {
  golden::Dice dice(4);
  golden::Bundle bundle;
  bundle.facts = {{"task", "generic"}};
  bundle.layers = {golden::random_fc(dice, 41, 12, golden::WeightFormat::kInt8, {}),
                   golden::random_fc(dice, 12, 9, golden::WeightFormat::kInt8, {})};
  const FaultCurve curve = fault_curve(bundle, golden::random_bytes(dice, 41 * 8),
                                       std::vector<int>(8, 0), request_of({0.1}));
  EXPECT_EQ(curve.top, "lac_radix_layer");
  for (const FaultCheck& check : curve.checks) {
    EXPECT_EQ(check.difference, "");
    EXPECT_EQ(check.values, 3u * (12 + 9));
  }
  FaultRequest bits = request_of({0.1});
  bits.site = golden::FaultSite::kBits;
  EXPECT_THROW(
      fault_curve(bundle, golden::random_bytes(dice, 41 * 8), std::vector<int>(8, 0), bits), Error);
}

TEST(FaultCurve, ToleratesRatesUpToTheFirstThatCostsAPoint) {
  FaultCurve curve;
  EXPECT_EQ(curve.tolerated(), 0);
  curve.points = {{0, 2.0}, {0.1, 2.9}, {0.2, 3.1}, {0.3, 2.5}};
  EXPECT_EQ(curve.tolerated(), 0.1) << "a lucky higher rate counts for nothing";
}

TEST(FaultCurve, OtherPlacesAndNetworksAreRefused) {
  EXPECT_THROW(fault_site("wires"), Error);
  golden::Bundle recurrent;
  recurrent.layers = {golden::LstmLayer{}};
  EXPECT_THROW(fault_curve(recurrent, {}, {0}, {}), Error);
}

}  // namespace
}  // namespace lacuna::sim
