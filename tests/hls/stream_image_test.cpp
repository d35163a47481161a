// SPDX-License-Identifier: Apache-2.0
// The stochastic network for high-level synthesis gives the golden model's bits: every bit between
// the layers in every cycle, and every sum.
#include <gtest/gtest.h>

#include <memory>

#include "golden/sc/sc_network.h"
#include "hls/lac_integral_dnn_image.h"
#include "tests/golden/sc/random_sc.h"

namespace lacuna::hls {
namespace {

constexpr std::uint64_t kSeed = 606;

/// Codes of a layer where the engine has them.
template <int kOutputs, int kInputs>
void put_codes(const golden::Layer& layer, std::uint16_t (&codes)[kOutputs][kInputs + 1]) {
  const auto& from = std::get<golden::ScLayer>(layer).codes;
  for (int output = 0; output < kOutputs; ++output) {
    for (int input = 0; input <= kInputs; ++input)
      codes[output][input] = static_cast<std::uint16_t>(
          from[static_cast<std::size_t>(output * (kInputs + 1) + input)]);
  }
}

/// An engine, a random network for it, and images.
template <int kInputs, int kHidden1, int kHidden2, int kOutputs, int kIntegral, bool kBipolar>
struct Bench {
  using Image = StreamImage<kInputs, kHidden1, kHidden2, kOutputs, kIntegral, kBipolar>;

  Bench(std::uint64_t seed, int length, int states)
      : dice(seed),
        bundle(golden::random_sc(dice, {kInputs, kHidden1, kHidden2, kOutputs}, kIntegral, length,
                                 states, kBipolar)),
        network(bundle, seed),
        settings{length, states, states} {
    const golden::Registers registers(
        seed, kBipolar ? golden::Spread::kScattered : golden::Spread::kEven);
    for (int input = 0; input < kInputs; ++input)
      seeds.inputs[input] = static_cast<std::uint16_t>(registers.input(input, 0));
    for (int stream = 0; stream < kIntegral; ++stream) {
      for (int input = 0; input <= kInputs; ++input)
        seeds.weights[stream][input] =
            static_cast<std::uint16_t>(registers.weight(input, stream, 0));
    }
    put_codes<kHidden1, kInputs>(bundle.layers[0], codes.layer1);
    put_codes<kHidden2, kHidden1>(bundle.layers[1], codes.layer2);
    put_codes<kOutputs, kHidden2>(bundle.layers[2], codes.layer3);
  }

  golden::Dice dice;
  golden::Bundle bundle;
  golden::ScNetwork network;
  StreamSettings settings;
  typename Image::Seeds seeds;
  typename Image::Codes codes;
};

template <int kCount>
void expect_bits(const std::vector<std::uint8_t>& wanted, int cycle, const bool (&got)[kCount]) {
  for (int neuron = 0; neuron < kCount; ++neuron)
    ASSERT_EQ(got[neuron], wanted[static_cast<std::size_t>(cycle * kCount + neuron)] != 0)
        << "cycle " << cycle << ", neuron " << neuron;
}

/// Plays an image a cycle at a time.
template <typename Engine, int kInputs>
void expect_every_bit(const Engine& bench, const std::vector<std::int8_t>& x) {
  using Image = typename Engine::Image;
  const golden::ScTrace wanted = bench.network.trace(x);
  const auto state = std::make_unique<typename Image::State>();
  const int length = bench.settings.length;
  Image::begin(bench.settings, bench.seeds, *state);
  for (int now = 0; now < length + 2 * Image::kDelay; ++now) {
    Image::cycle(bench.settings, bench.codes, x.data(), now, *state);
    if (now < length)
      ASSERT_NO_FATAL_FAILURE(expect_bits(wanted.streams[0], now, state->stream1[0]));
    const int second = now - Image::kDelay;
    if (second >= 0 && second < length)
      ASSERT_NO_FATAL_FAILURE(expect_bits(wanted.streams[1], second, state->stream2[0]));
  }
}

template <int kInputs, int kHidden1, int kHidden2, int kOutputs, int kIntegral, bool kBipolar>
void expect_equal_to_golden(std::uint64_t seed) {
  using Engine = Bench<kInputs, kHidden1, kHidden2, kOutputs, kIntegral, kBipolar>;
  for (const auto& [length, states] : {std::pair{1, 2}, {2, 4}, {65, 10}, {40, 4096}}) {
    SCOPED_TRACE("length " + std::to_string(length) + ", states " + std::to_string(states) +
                 ", seed " + std::to_string(seed));
    const auto bench = std::make_unique<Engine>(seed, length, states);
    for (int image = 0; image < 3; ++image) {
      const auto x = image == 0 ? std::vector<std::int8_t>(kInputs, 0)
                                : golden::random_pixels(bench->dice, kInputs);
      ASSERT_NO_FATAL_FAILURE((expect_every_bit<Engine, kInputs>(*bench, x)));
      std::int32_t y[kOutputs];
      Engine::Image::run(bench->settings, bench->seeds, bench->codes, x.data(), y);
      EXPECT_EQ(std::vector<std::int32_t>(y, y + kOutputs), bench->network.trace(x).sums);
    }
  }
}

TEST(StreamImage, EqualsGoldenWithOneStreamAWeight) {
  expect_equal_to_golden<37, 11, 9, 3, 1, false>(kSeed);
}
TEST(StreamImage, EqualsGoldenWithTwoStreams) {
  expect_equal_to_golden<29, 6, 13, 2, 2, false>(kSeed + 1);
}
TEST(StreamImage, EqualsGoldenWithThreeStreams) {
  expect_equal_to_golden<64, 3, 2, 5, 3, false>(kSeed + 2);
}
TEST(StreamImage, EqualsGoldenWithFourStreams) {
  expect_equal_to_golden<5, 1, 4, 1, 4, false>(kSeed + 3);
}
TEST(StreamImage, EqualsGoldenWithBipolarBits) {
  expect_equal_to_golden<31, 10, 7, 4, 1, true>(kSeed + 4);
  expect_equal_to_golden<33, 5, 6, 3, 3, true>(kSeed + 5);
}

TEST(StreamImage, PolynomialsAreGoldens) {
  EXPECT_EQ(kInputTaps, golden::input_taps());
  for (int stream = 0; stream < golden::kMaxIntegral; ++stream)
    EXPECT_EQ(kWeightTaps[stream], golden::weight_taps(stream));
}

TEST(StreamImage, TopFunctionEqualsGolden) {
  const auto bench = std::make_unique<Bench<784, 100, 200, 10, 4, false>>(kSeed + 6, 12, 60);
  const auto x = golden::random_pixels(bench->dice, 784);
  std::int32_t y[10];
  lac_integral_dnn_image(bench->settings, bench->seeds, bench->codes, x.data(), y);
  EXPECT_EQ(std::vector<std::int32_t>(y, y + 10), bench->network.trace(x).sums);
}

}  // namespace
}  // namespace lacuna::hls
