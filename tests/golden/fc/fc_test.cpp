// SPDX-License-Identifier: Apache-2.0
// The layer against the formula of docs/fc.md, number by number.
#include "golden/fc/fc.h"

#include <gmock/gmock.h>

#include "golden/fixed_point.h"
#include "tests/golden/error_message.h"
#include "tests/golden/fc/random_fc.h"

namespace lacuna::golden {
namespace {

constexpr std::uint64_t kSeed = 3;

/// y of one image, by the definition: a dense matrix with zeros where nothing is connected.
std::vector<std::int16_t> reference(const FcLayer& layer, const std::int8_t* x) {
  std::vector<std::int16_t> y;
  std::size_t next = 0;
  const auto connections = layer.connections();
  for (std::size_t output = 0; output < connections.size(); ++output) {
    std::vector<std::int64_t> row(static_cast<std::size_t>(layer.inputs), 0);
    for (const std::uint16_t input : connections[output]) row[input] = layer.weights[next++];
    std::int64_t acc = 0;
    for (std::size_t input = 0; input < row.size(); ++input) acc += row[input] * x[input];
    std::int64_t value =
        saturate(round_shift(layer.scale[output] * acc + layer.bias[output], layer.shift), 16);
    if (layer.relu) value = std::clamp<std::int64_t>(value, 0, 127);
    y.push_back(static_cast<std::int16_t>(value));
  }
  return y;
}

void expect_equal_to_reference(const FcLayer& layer, Dice& dice, int images) {
  const auto x = random_bytes(dice, layer.inputs * images);
  const auto y = Fc(layer).run(x, images);
  for (int image = 0; image < images; ++image) {
    const auto wanted = reference(layer, x.data() + image * layer.inputs);
    const std::vector<std::int16_t> got(y.begin() + image * layer.outputs,
                                        y.begin() + (image + 1) * layer.outputs);
    ASSERT_EQ(got, wanted) << "image " << image;
  }
}

TEST(Fc, EqualsTheReferenceForEveryFormatAndMask) {
  Dice dice(kSeed);
  for (const WeightFormat format : weight_formats()) {
    for (const double sparsity : {0.0, 0.5, 0.9}) {
      for (const int groups : {1, 3, 16, 23}) {
        SCOPED_TRACE(std::string(name_of(format)) + ", p " + std::to_string(sparsity) + ", " +
                     std::to_string(groups) + " groups");
        const ConnectionMask mask{LfsrKind::kAllStates, 7, mask_threshold(sparsity, 7), groups};
        ASSERT_NO_FATAL_FAILURE(
            expect_equal_to_reference(random_fc(dice, 101, 23, format, mask), dice, 70));
      }
    }
    ASSERT_NO_FATAL_FAILURE(
        expect_equal_to_reference(random_fc(dice, 30, 9, format, std::nullopt), dice, 5));
  }
}

TEST(Fc, EqualsTheReferenceAtTheEndsOfEveryFormat) {
  Dice dice(kSeed + 1);
  for (int round = 0; round < 40; ++round) {
    const WeightFormat format = weight_formats()[static_cast<std::size_t>(round) % 4];
    FcLayer layer = random_fc(dice, 200, 11, format, std::nullopt);
    const int most = weight_maximum(format), least = format == WeightFormat::kInt8 ? -128 : -most;
    for (auto& weight : layer.weights)
      weight = static_cast<std::int16_t>(dice.chance(90) ? most : least);
    for (auto& scale : layer.scale) scale = dice.chance(50) ? 32767 : -32768;
    for (auto& bias : layer.bias) bias = dice.chance(50) ? 2147483647 : -2147483647 - 1;
    layer.shift = dice.roll(0, 31);
    layer.relu = dice.chance(50);
    ASSERT_NO_FATAL_FAILURE(expect_equal_to_reference(layer, dice, 3)) << "round " << round;
  }
}

TEST(Fc, AnOutputWithoutConnectionsIsItsBias) {
  Dice dice(kSeed + 2);
  const ConnectionMask mask{LfsrKind::kAllStates, 7, 127, 12};
  FcLayer layer = random_fc(dice, 20, 12, WeightFormat::kInt8, mask);
  ASSERT_LT(layer.weights.size(), 12U) << "some outputs have no connection";
  expect_equal_to_reference(layer, dice, 4);
}

TEST(Fc, MemoryIsThatOfExistingConnections) {
  Dice dice(kSeed + 3);
  const ConnectionMask mask{LfsrKind::kAllStates, 10, mask_threshold(0.9375, 10), 8};
  const FcLayer layer = random_fc(dice, 1024, 8, WeightFormat::kBinary, mask);
  EXPECT_EQ(layer.weight_memory_bits(), 8U * 64);
  EXPECT_EQ(layer.memory_depth(), 64);
}

TEST(Fc, RefusesImagesOfAnotherSize) {
  Dice dice(kSeed + 4);
  const FcLayer layer = random_fc(dice, 20, 3, WeightFormat::kInt8, std::nullopt);
  EXPECT_THAT(error_message([&] { Fc(layer).run(random_bytes(dice, 41), 2); }),
              testing::HasSubstr("41 values for 2 images of 20 inputs"));
}

}  // namespace
}  // namespace lacuna::golden
