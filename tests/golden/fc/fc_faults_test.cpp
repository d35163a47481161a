// SPDX-License-Identifier: Apache-2.0
// The binary-radix network under faults, against its arithmetic written out for one sum.
#include "golden/fc/fc_faults.h"

#include <gmock/gmock.h>

#include "golden/fc/fc.h"
#include "golden/fixed_point.h"
#include "tests/golden/error_message.h"
#include "tests/golden/fc/random_fc.h"

namespace lacuna::golden {
namespace {

using testing::HasSubstr;

FcEngine parallel_engine(int inputs, int acc_width) {
  FcEngine engine;
  engine.top = "lac_radix_layer";
  engine.in_lanes = engine.out_lanes = 4;
  engine.depth = inputs;
  engine.acc_width = acc_width;
  return engine;
}

struct Chain {
  Dice dice{11};
  std::vector<FcLayer> layers{random_fc(dice, 20, 9, WeightFormat::kInt8, {}),
                              random_fc(dice, 9, 5, WeightFormat::kInt8, {})};
  std::vector<FcEngine> engines{parallel_engine(20, 24), parallel_engine(9, 22)};
  std::vector<std::int8_t> x = random_bytes(dice, 20 * 6);
};

TEST(FcFaults, WithoutAFlipTheOutputsAreTheLayers) {
  const Chain chain;
  const auto y =
      run_with_faults(chain.layers, chain.engines, chain.x, Faults(FaultSite::kSums, 1, 0, 2));
  const auto first = Fc(chain.layers[0]).run(chain.x, 6);
  EXPECT_EQ(y[0], first);
  EXPECT_EQ(y[1], Fc(chain.layers[1]).run({first.begin(), first.end()}, 6));
}

TEST(FcFaults, FlippedBitsOfASumAreThoseOfItsCycle) {
  const Chain chain;
  const Faults faults(FaultSite::kSums, 9, 0.2, 2);
  const auto y = run_with_faults(chain.layers, chain.engines, chain.x, faults);
  const auto cycles = fc_cycles({{chain.engines[0], {}, 20, 9}, {chain.engines[1], {}, 9, 5}}, 6);
  const FcLayer& layer = chain.layers[0];
  int hit = 0;
  for (std::size_t image = 0; image < 6; ++image) {
    for (std::size_t output = 0; output < 9; ++output) {
      std::int64_t sum = 0;
      for (std::size_t input = 0; input < 20; ++input)
        sum += layer.weights[output * 20 + input] * chain.x[image * 20 + input];
      // The image's sums are in their registers three cycles after it is taken.
      const auto flips = faults.flips(0, static_cast<int>(output), cycles[0][image].taken + 3, 24);
      hit += flips != 0;
      sum = static_cast<std::int32_t>((static_cast<std::uint32_t>(sum) ^ flips) << 8) >> 8;
      const std::int64_t rounded =
          round_shift(layer.scale[output] * sum + layer.bias[output], layer.shift);
      EXPECT_EQ(y[0][image * 9 + output], std::clamp<std::int64_t>(rounded, 0, 127));
    }
  }
  EXPECT_GT(hit, 20);
}

TEST(FcFaults, RefusesOtherEnginesAndSites) {
  Chain chain;
  const auto run = [&](FaultSite site) {
    return error_message(
        [&] { run_with_faults(chain.layers, chain.engines, chain.x, Faults(site, 1, 0.1, 2)); });
  };
  EXPECT_THAT(run(FaultSite::kBits), HasSubstr("sums alone"));
  chain.engines[1].top = "lac_lfsr_layer";
  EXPECT_THAT(run(FaultSite::kSums), HasSubstr("not of lac_lfsr_layer"));
}

}  // namespace
}  // namespace lacuna::golden
