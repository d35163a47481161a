// SPDX-License-Identifier: Apache-2.0
// The packed network against docs/sc.md written out plainly, and against the law that says what
// counters compute.
#include "golden/sc/sc_network.h"

#include <gmock/gmock.h>

#include <cmath>

#include "golden/accuracy.h"
#include "golden/lfsr.h"
#include "golden/sc/sc_engine.h"
#include "tests/golden/error_message.h"
#include "tests/golden/sc/random_sc.h"

namespace lacuna::golden {
namespace {

using testing::HasSubstr;

/// One image, a bit at a time, registers stepped one by one.
ScTrace plain_trace(const Bundle& bundle, std::uint64_t seed, const std::vector<std::int8_t>& x,
                    int layer_delay = kScLayerDelay, const Faults* faults = nullptr,
                    std::uint64_t start = 0) {
  const auto register_at = [](std::uint32_t taps, int steps) {
    Lfsr lfsr(LfsrKind::kAllStates, kStreamBits, 1, taps);
    for (int n = 0; n < steps; ++n) lfsr.step();
    return static_cast<int>(lfsr.state());
  };
  const int bias_register = static_cast<int>(x.size());
  ScTrace trace;
  const auto& first = std::get<ScLayer>(bundle.layers.front());
  const Spread spread = first.bipolar ? Spread::kScattered : Spread::kEven;
  const int length = first.length;
  for (int t = 0; t < length; ++t) {
    for (std::size_t i = 0; i < x.size(); ++i) {
      const int state =
          register_at(input_taps(), input_phase(seed, spread, static_cast<int>(i)) + t);
      trace.input.push_back(state < 16 * x[i] + x[i] / 8);
    }
  }
  std::vector<std::uint8_t> in = trace.input;
  for (std::size_t number = 0; number < bundle.layers.size(); ++number) {
    const auto& layer = std::get<ScLayer>(bundle.layers[number]);
    std::vector<std::uint8_t> out;
    std::vector<std::int32_t> n(static_cast<std::size_t>(layer.outputs), layer.states / 2);
    for (int t = 0; t < length; ++t) {
      for (int o = 0; o < layer.outputs; ++o) {
        int sum = 0;
        for (int i = 0; i <= layer.inputs; ++i) {
          const bool bias = i == layer.inputs;
          const bool one = bias || in[static_cast<std::size_t>(t * layer.inputs + i)] != 0;
          const int x = one ? 1 : layer.bipolar ? -1 : 0;
          for (int k = 0; k < layer.integral; ++k) {
            const int state = register_at(
                weight_taps(k), weight_phase(seed, spread, bias ? bias_register : i, k) + t +
                                    layer_delay * static_cast<int>(number));
            const int w =
                state < layer.codes[static_cast<std::size_t>(o * (layer.inputs + 1) + i)] ? 1 : -1;
            sum += x * w;
          }
        }
        // The bits of cycle t enter the network in clock cycle start + 1 + t, and each layer takes
        // three: two to the sum's register, one to the bit's.
        const std::uint64_t clock = start + 1 + static_cast<std::uint64_t>(t) + 3 * number;
        const bool sums = faults != nullptr && faults->site() == FaultSite::kSums;
        if (sums) {
          const int bits =
              static_cast<int>(std::ceil(std::log2(layer.integral * (layer.inputs + 1) + 1))) + 1;
          const auto range = std::int64_t{1} << bits;
          const auto flips = faults->flips(static_cast<int>(number), o, clock + 2, bits);
          const auto word = static_cast<std::int64_t>(static_cast<std::uint64_t>(sum) ^ flips);
          sum = static_cast<int>(((word % range) + range + range / 2) % range - range / 2);
        }
        auto& counter = n[static_cast<std::size_t>(o)];
        counter += sum;
        if (layer.states == 0) continue;
        counter = std::min(std::max(counter, 0), layer.states - 1);
        bool wrong = false;
        if (faults != nullptr && !sums) {
          const auto flips = faults->flips(static_cast<int>(number), o / 64, clock + 3,
                                           std::min(64, layer.outputs - o / 64 * 64));
          wrong = (flips >> o % 64 & 1) != 0;
        }
        out.push_back((counter >= layer.states / 2) != wrong);
      }
    }
    if (layer.states == 0) {
      trace.sums = n;
    } else {
      trace.streams.push_back(out);
      in = out;
    }
  }
  return trace;
}

struct Shape {
  std::vector<int> sizes;
  int integral, length, states;
};

class ScShapes : public testing::TestWithParam<Shape> {};

INSTANTIATE_TEST_SUITE_P(ScNetwork, ScShapes,
                         testing::Values(Shape{{1, 1}, 1, 1, 2}, Shape{{5, 3, 4, 2}, 1, 33, 6},
                                         Shape{{64, 9, 3}, 2, 20, 10},
                                         Shape{{65, 7, 67, 5}, 3, 17, 40},
                                         Shape{{130, 66, 2}, 4, 12, 64}));

TEST_P(ScShapes, EveryStreamEqualsThePlainOne) {
  const Shape& shape = GetParam();
  for (const auto& [seed, bipolar] : {std::pair{1u, false}, {9u, false}, {2u, true}, {3u, true}}) {
    SCOPED_TRACE(testing::Message() << "seed " << seed << ", bipolar " << bipolar);
    Dice dice(seed);
    const Bundle bundle =
        random_sc(dice, shape.sizes, shape.integral, shape.length, shape.states, bipolar);
    validate(bundle, "test");
    const auto x = random_pixels(dice, shape.sizes.front());
    for (const ScEngine& engine : {ScEngine{}, ScEngine{"lac_folded_dnn"}}) {
      const ScTrace expected = plain_trace(bundle, seed, x, engine.folded() ? 0 : 3);
      const ScTrace got = ScNetwork(bundle, seed, engine.layer_delay()).trace(x);
      EXPECT_EQ(got.input, expected.input);
      EXPECT_EQ(got.streams, expected.streams);
      EXPECT_EQ(got.sums, expected.sums);
    }
  }
}

TEST_P(ScShapes, EveryStreamUnderFaultsEqualsThePlainOne) {
  const Shape& shape = GetParam();
  const int layers = static_cast<int>(shape.sizes.size()) - 1;
  for (const FaultSite site : {FaultSite::kSums, FaultSite::kBits}) {
    Dice dice(2);
    const Bundle bundle = random_sc(dice, shape.sizes, shape.integral, shape.length, shape.states);
    const auto x = random_pixels(dice, shape.sizes.front());
    const Faults faults(site, 4, 0.2, layers);
    const ScTrace expected = plain_trace(bundle, 1, x, 3, &faults, 17);
    const ScTrace got = ScNetwork(bundle, 1).trace(x, {{faults, 17}});
    EXPECT_EQ(got.streams, expected.streams);
    EXPECT_EQ(got.sums, expected.sums);
  }
}

TEST(ScNetwork, EveryImageMeetsItsOwnFaults) {
  Dice dice(3);
  const Bundle bundle = random_sc(dice, {70, 12, 9, 4}, 2, 40, 12);
  const ScNetwork network(bundle, 7);
  const auto x = random_pixels(dice, 9 * 70);
  const Faults faults(FaultSite::kSums, 4, 0.1, 3);
  std::vector<ScImageFaults> each;
  for (std::uint64_t image = 0; image < 9; ++image) each.emplace_back(faults, 50 * image);
  const auto all = network.run(x, 9, each);
  for (const std::uint64_t image : {0u, 8u}) {
    const auto at = static_cast<std::ptrdiff_t>(image);
    const std::vector<std::int8_t> one(x.begin() + at * 70, x.begin() + (at + 1) * 70);
    EXPECT_EQ(network.trace(one, {{faults, 50 * image}}).sums,
              std::vector<std::int32_t>(all.begin() + at * 4, all.begin() + (at + 1) * 4));
  }
}

TEST(ScNetwork, AnImagesSumsDoNotDependOnTheImagesBesideIt) {
  Dice dice(3);
  const Bundle bundle = random_sc(dice, {70, 12, 9, 4}, 2, 40, 12);
  const ScNetwork network(bundle, 7);
  const auto x = random_pixels(dice, 21 * 70);
  const auto all = network.run(x, 21);
  for (const int image : {0, 7, 8, 20}) {
    const std::vector<std::int8_t> one(x.begin() + image * 70, x.begin() + (image + 1) * 70);
    EXPECT_EQ(network.trace(one).sums,
              std::vector<std::int32_t>(all.begin() + image * 4, all.begin() + (image + 1) * 4));
  }
}

TEST(ScNetwork, SeedsDecideTheStreams) {
  Dice dice(4);
  const Bundle bundle = random_sc(dice, {30, 8, 3}, 1, 60, 10);
  const auto x = random_pixels(dice, 30);
  EXPECT_EQ(ScNetwork(bundle, 5).trace(x).sums, ScNetwork(bundle, 5).trace(x).sums);
  EXPECT_NE(ScNetwork(bundle, 5).trace(x).sums, ScNetwork(bundle, 6).trace(x).sums);
}

/// P6: a counter of 2 gain m v states turns a sum of mean m s and variance m^2 v a cycle into
/// tanh(gain s). Weights as a network has them: sums of registers of one polynomial are skewed
/// where all weigh alike, so the mean over many neurons is what holds.
TEST(ScNetwork, CountersComputeTheHyperbolicTangentOfTheirSums) {
  constexpr int kInputs = 100, kNeurons = 40, kLength = 2048;
  constexpr double kGain = 0.3;
  for (const int integral : {1, 4}) {
    for (const double mean : {-4.0, -1.0, 0.0, 2.0}) {
      Dice dice(8);
      ScLayer layer;
      layer.name = "counters";
      layer.inputs = kInputs;
      layer.outputs = kNeurons;
      layer.integral = integral;
      layer.length = kLength;
      double expected = 0, variance = 0;
      for (int neuron = 0; neuron < kNeurons; ++neuron) {
        double s = 0;
        for (int input = 0; input <= kInputs; ++input) {
          const double spread = 0.5 * (dice.chance(50) ? 1 : -1);
          layer.codes.push_back(
              static_cast<std::int16_t>(weight_code(spread + mean / (kInputs + 1))));
          const double weight = weight_of_code(layer.codes.back());
          s += weight;
          variance += (1 - weight * weight) / integral / kNeurons;
        }
        expected += std::tanh(kGain * s) / kNeurons;
      }
      layer.states = 2 * static_cast<int>(std::lround(kGain * integral * variance));
      ScLayer last = layer;
      last.name = "sums";
      last.inputs = kNeurons;
      last.outputs = 1;
      last.states = 0;
      last.codes.assign(kNeurons + 1, 1024);
      Bundle bundle;
      bundle.layers = {layer, last};
      double ones = 0;
      const ScTrace trace = ScNetwork(bundle, 1).trace(std::vector<std::int8_t>(kInputs, 127));
      for (const std::uint8_t bit : trace.streams[0]) ones += bit;
      EXPECT_NEAR(2 * ones / (kNeurons * kLength) - 1, expected, 0.08)
          << "integral " << integral << ", mean " << mean;
    }
  }
}

TEST(ScNetwork, RefusesWhatItCannotStream) {
  Dice dice(6);
  const Bundle bundle = random_sc(dice, {4, 2}, 1, 8, 2);
  const ScNetwork network(bundle, 1);
  EXPECT_THAT(error_message([&] { network.run({1, 2, -1, 4}, 1); }), HasSubstr("below 0"));
  Bundle other;
  other.layers = {EmbeddingLayer{}};
  EXPECT_THAT(error_message([&] { ScNetwork(other, 1); }), HasSubstr("no stochastic layer"));
}

TEST(Accuracy, TakesTheFirstOfEqualOutputs) {
  EXPECT_DOUBLE_EQ(accuracy(std::vector<int>{1, 3, 3, 9, 0, 0}, {1, 0}), 1.0);
  EXPECT_DOUBLE_EQ(accuracy(std::vector<int>{1, 3, 3, 9, 0, 0}, {2, 0}), 0.5);
}

}  // namespace
}  // namespace lacuna::golden
