// SPDX-License-Identifier: Apache-2.0
// The layer for high-level synthesis gives the golden model's bits, its register making the mask.
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>

#include "golden/fc/fc.h"
#include "golden/weight_packing.h"
#include "hls/lac_lfsr_layer_image.h"
#include "tests/golden/fc/random_fc.h"

namespace lacuna::hls {
namespace {

constexpr std::uint64_t kSeed = 505;

/// Outputs at the ends of what y can be.
struct Ends {
  int low = 0, high = 0;
};

/// Static storage of one engine and the layer in it.
template <int kMaxInputs, int kMaxOutputs, int kEngineGroups, int kDepth, int kWeightBits,
          int kLfsrBits, std::uint32_t kTaps, bool kAllStates>
struct Bench {
  using Image = LayerImage<kMaxInputs, kMaxOutputs, kEngineGroups, kDepth, kWeightBits, kLfsrBits,
                           kTaps, kAllStates>;

  ImageSettings settings;
  std::uint32_t seeds[kEngineGroups] = {};
  typename Image::GroupWeights weights[kEngineGroups] = {};
  OutputParameters parameters[kMaxOutputs] = {};
  std::int8_t x[kMaxInputs];
  std::int16_t y[kMaxOutputs];

  explicit Bench(const golden::FcLayer& layer)
      : settings{layer.inputs, layer.outputs, layer.mask ? layer.mask->threshold : 0, layer.shift,
                 layer.relu} {
    if (layer.mask) {
      const auto mask_seeds = golden::mask_seeds(*layer.mask);
      for (std::size_t g = 0; g < kEngineGroups; ++g) seeds[g] = mask_seeds[g % mask_seeds.size()];
    }
    const auto format = golden::weight_format_of_bits(kWeightBits);
    std::size_t next = 0;
    const auto connections = layer.connections();
    for (int output = 0; output < layer.outputs; ++output) {
      auto& group = weights[output % kEngineGroups];
      const int neuron = output / kEngineGroups;
      for (std::size_t at = 0; at < connections[static_cast<std::size_t>(output)].size(); ++at) {
        golden::put_bits(group[at], neuron * kWeightBits,
                         golden::encode_weight(format, layer.weights[next++]));
      }
      const auto which = static_cast<std::size_t>(output);
      parameters[output] = {layer.scale[which], layer.bias[which]};
    }
  }

  virtual ~Bench() = default;
  virtual void run() { Image::run(settings, seeds, weights, parameters, x, y); }
};

template <typename Engine>
void expect_equal_to_golden(const golden::FcLayer& layer, golden::Dice& dice, int images,
                            Ends& ends) {
  const auto bench = std::make_unique<Engine>(layer);
  const auto inputs = static_cast<std::size_t>(layer.inputs);
  const auto outputs = static_cast<std::size_t>(layer.outputs);
  const auto x = golden::random_bytes(dice, layer.inputs * images);
  const auto wanted = golden::Fc(layer).run(x, images);
  for (std::size_t image = 0; image < static_cast<std::size_t>(images); ++image) {
    std::copy_n(x.begin() + static_cast<std::ptrdiff_t>(image * inputs), inputs, bench->x);
    bench->run();
    for (std::size_t output = 0; output < outputs; ++output) {
      ASSERT_EQ(bench->y[output], wanted[image * outputs + output])
          << "image " << image << ", output " << output;
      ends.low += bench->y[output] == (layer.relu ? 0 : -32768);
      ends.high += bench->y[output] == (layer.relu ? 127 : 32767);
    }
  }
}

/// Sizes from one input to the register's whole cycle, with relu and without, saturated and not.
template <int kMaxOutputs, int kEngineGroups, int kWeightBits, int kLfsrBits, std::uint32_t kTaps,
          bool kAllStates>
void expect_equal_at_odd_sizes(std::uint64_t seed) {
  constexpr int kInputs = 1 << kLfsrBits;
  using Engine = Bench<kInputs, kMaxOutputs, kEngineGroups, kInputs, kWeightBits, kLfsrBits, kTaps,
                       kAllStates>;
  EXPECT_EQ(kTaps, golden::lfsr_taps(kLfsrBits));
  golden::Dice dice(seed);
  Ends with_relu, without;
  for (const auto& [inputs, outputs] :
       {std::pair{1, 1}, {2, 3}, {kInputs / 3, kMaxOutputs / 2 + 1}, {kInputs, kMaxOutputs}}) {
    for (const double sparsity : {0.0, 0.4, 0.95}) {
      for (const int shift : {2, 14, 20}) {
        SCOPED_TRACE(std::to_string(inputs) + " inputs, " + std::to_string(outputs) +
                     " outputs, p " + std::to_string(sparsity) + ", shift " +
                     std::to_string(shift) + ", seed " + std::to_string(seed));
        golden::ConnectionMask mask;
        mask.kind = kAllStates ? golden::LfsrKind::kAllStates : golden::LfsrKind::kPlain;
        mask.bits = kLfsrBits;
        mask.threshold = golden::mask_threshold(sparsity, kLfsrBits);
        mask.groups = kEngineGroups;
        const auto format = golden::weight_format_of_bits(kWeightBits);
        golden::FcLayer layer = golden::random_fc(dice, inputs, outputs, format, mask);
        if (sparsity == 0.0 && dice.chance(50)) layer.mask.reset();
        layer.shift = shift;
        layer.relu = dice.chance(50);
        ASSERT_NO_FATAL_FAILURE(
            expect_equal_to_golden<Engine>(layer, dice, 4, layer.relu ? with_relu : without));
      }
    }
  }
  for (const Ends& ends : {with_relu, without}) {
    EXPECT_GT(ends.low, 0);
    EXPECT_GT(ends.high, 0);
  }
}

TEST(LayerImage, EqualsGoldenWithAMaskForEachNeuron) {
  expect_equal_at_odd_sizes<24, 24, 8, 7, 0x60, true>(kSeed);
}
TEST(LayerImage, EqualsGoldenWithThePlainRegister) {
  expect_equal_at_odd_sizes<24, 24, 8, 5, 0x14, false>(kSeed + 1);
}
TEST(LayerImage, EqualsGoldenWithTwelveBitsAndSharedMasks) {
  expect_equal_at_odd_sizes<30, 6, 12, 6, 0x30, true>(kSeed + 2);
}
TEST(LayerImage, EqualsGoldenWithTernaryWeights) {
  expect_equal_at_odd_sizes<21, 7, 2, 8, 0xB8, true>(kSeed + 3);
}
TEST(LayerImage, EqualsGoldenWithBinaryWeights) {
  expect_equal_at_odd_sizes<60, 4, 1, 9, 0x110, false>(kSeed + 4);
}

TEST(LayerImage, MaskOfFewerGroupsThanTheEngine) {
  golden::Dice dice(kSeed + 5);
  Ends ends;
  const golden::ConnectionMask mask{golden::LfsrKind::kAllStates, 7, 50, 3};
  const auto layer = golden::random_fc(dice, 100, 24, golden::WeightFormat::kInt8, mask);
  expect_equal_to_golden<Bench<128, 24, 12, 128, 8, 7, 0x60, true>>(layer, dice, 4, ends);
}

TEST(LayerImage, TopFunctionEqualsGolden) {
  struct Top : Bench<1024, 512, 512, 1024, 8, 10, 0x240, true> {
    using Bench::Bench;
    void run() override { lac_lfsr_layer_image(settings, seeds, weights, parameters, x, y); }
  };
  EXPECT_EQ(0x240U, golden::lfsr_taps(10));
  golden::Dice dice(kSeed + 6);
  Ends ends;
  const golden::ConnectionMask mask{golden::LfsrKind::kAllStates, 10,
                                    golden::mask_threshold(0.9, 10), 512};
  const auto layer = golden::random_fc(dice, 784, 512, golden::WeightFormat::kInt8, mask);
  expect_equal_to_golden<Top>(layer, dice, 3, ends);
}

}  // namespace
}  // namespace lacuna::hls
