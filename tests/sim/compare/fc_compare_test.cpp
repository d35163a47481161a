// SPDX-License-Identifier: Apache-2.0
#include "sim/compare/fc_compare.h"

#include <gmock/gmock.h>

#include "golden/error.h"
#include "tests/sim/fc/case.h"

namespace lacuna::sim {
namespace {

using testing::HasSubstr;

/// A layer for the large engines with shared masks: 64 groups, one input in eight exists.
golden::Bundle shared_masks() {
  golden::FcLayer layer = draw_layer(make_fc_case("small_skip", 1, 100, 30));
  layer.name = "fc0";
  layer.inputs = 512;
  layer.outputs = 96;
  layer.mask =
      golden::ConnectionMask{golden::LfsrKind::kAllStates, 9, golden::mask_threshold(0.875, 9), 64};
  layer.weights.assign(96 * 64, 3);
  layer.scale.assign(96, 7);
  layer.bias.assign(96, 1000);
  golden::Bundle bundle;
  bundle.layers = {layer};
  return bundle;
}

std::vector<FcEngineRun> runs_of(const golden::Bundle& bundle, int images) {
  InputRequest request;
  request.streams = images;
  return compare_fc(bundle, read_network_input(bundle, request), {},
                    read_technology(default_technology()));
}

TEST(FcCompare, SkippingIsFasterByTheShareOfConnectionsAndAMaskOnlySaves) {
  const auto runs = runs_of(shared_masks(), 20);
  ASSERT_EQ(runs.size(), 4u);
  EXPECT_EQ(runs[0].kind, FcKind::kDense);
  EXPECT_EQ(runs[1].result.cycles, runs[0].result.cycles) << "P5 saves memory, not time";
  EXPECT_GT(static_cast<double>(runs[0].result.cycles),
            6.5 * static_cast<double>(runs[2].result.cycles));
  EXPECT_LT(runs[1].energy.total(), runs[0].energy.total());
  EXPECT_EQ(runs[3].kind, FcKind::kParallel);
  EXPECT_LT(runs[3].result.cycles, runs[2].result.cycles) << "bound by its ports";

  const auto rows = fc_compare_rows("shared", runs, read_technology(default_technology()));
  EXPECT_EQ(rows[0].at("speedup"), 1.0);
  EXPECT_EQ(rows[2].at("connections"), "mask skipped");
  EXPECT_EQ(rows[0].at("weight_memory_bits").get<double>(), 512 * 96 * 8);
  EXPECT_EQ(rows[2].at("weight_memory_bits").get<double>(), 64 * 96 * 8);
  EXPECT_DOUBLE_EQ(rows[2].at("weight_memory_saved").get<double>(), 0.875);
  EXPECT_THAT(fc_compare_table("shared", runs), HasSubstr("mask skipped"));
}

TEST(FcCompare, ANetworkThatFitsNothingIsRefused) {
  golden::Bundle bundle = shared_masks();
  std::get<golden::FcLayer>(bundle.layers.front()).mask->bits = 12;
  std::get<golden::FcLayer>(bundle.layers.front()).weight_format = golden::WeightFormat::kInt12;
  EXPECT_THROW(runs_of(bundle, 1), Error);
}

}  // namespace
}  // namespace lacuna::sim
