// SPDX-License-Identifier: Apache-2.0
#include "golden/fc/fc_network.h"

#include <gtest/gtest.h>

#include "tests/golden/fc/random_fc.h"

namespace lacuna::golden {
namespace {

constexpr std::uint64_t kSeed = 31;

Bundle random_network(Dice& dice, WeightFormat format, const std::vector<int>& sizes) {
  Bundle bundle;
  for (std::size_t at = 0; at + 1 < sizes.size(); ++at) {
    const int bits = mask_bits(sizes[at]);
    const ConnectionMask mask{LfsrKind::kAllStates, bits, mask_threshold(0.75, bits),
                              sizes[at + 1]};
    FcLayer layer = random_fc(dice, sizes[at], sizes[at + 1], format, mask);
    layer.relu = at + 2 < sizes.size();
    bundle.layers.emplace_back(layer);
  }
  return bundle;
}

TEST(FcNetwork, EqualsItsLayersOneAfterAnother) {
  Dice dice(kSeed);
  for (const WeightFormat format : weight_formats()) {
    const Bundle bundle = random_network(dice, format, {45, 18, 7, 21, 10});
    const FcNetwork network(bundle);
    for (const int images : {0, 1, 64, 131}) {
      SCOPED_TRACE(testing::Message() << name_of(format) << ", " << images << " images");
      const auto x = random_bytes(dice, 45 * images);
      std::vector<std::int8_t> input = x;
      std::vector<std::int16_t> wanted;
      for (const Fc& layer : network.layers()) {
        wanted = layer.run(input, images);
        input.assign(wanted.begin(), wanted.end());
      }
      EXPECT_EQ(network.run(x, images), wanted);
    }
  }
}

TEST(FcNetwork, AccuracyIsTheShareOfImagesWithTheirLabelsOutputLargest) {
  Dice dice(kSeed + 1);
  const Bundle bundle = random_network(dice, WeightFormat::kInt8, {20, 8, 4});
  const FcNetwork network(bundle);
  const auto images = random_bytes(dice, 20 * 100);
  const auto y = network.run(images, 100);
  std::vector<int> labels;
  for (auto first = y.begin(); first != y.end(); first += 4)
    labels.push_back(static_cast<int>(std::max_element(first, first + 4) - first));
  EXPECT_EQ(accuracy(network, images, labels), 1);
  for (std::size_t n = 0; n < 25; ++n) labels[n] = (labels[n] + 1) % 4;
  EXPECT_EQ(accuracy(network, images, labels), 0.75);
}

}  // namespace
}  // namespace lacuna::golden
