// SPDX-License-Identifier: Apache-2.0
// tanh and sigmoid of the recurrent engine against the real functions, over every 16-bit input.
#include "golden/activation.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>

#include "golden/lanes.h"
#include "golden/tanh_rom.h"

namespace lacuna::golden {
namespace {

constexpr double kUnit = 1.0 / 32768;

double real_tanh(int m) { return std::tanh(m / 4096.0); }
double real_sigmoid(int pre) { return 1.0 / (1.0 + std::exp(-pre / 2048.0)); }

TEST(Tanh, PointsAreTheRoundedRealFunction) {
  for (int k = 0; k <= kTanhSegments; ++k) {
    const auto expected = std::min<std::int32_t>(
        32767, static_cast<std::int32_t>(std::lround(32768 * std::tanh(k / 16.0))));
    EXPECT_EQ(kTanhPoints[static_cast<std::size_t>(k)], expected) << "k = " << k;
  }
}

TEST(Tanh, IsWithinItsStatedErrorForEveryInput) {
  double largest = 0;
  for (int m = -32768; m <= 32767; ++m) {
    largest = std::max(largest, std::abs(tanh_q(m) * kUnit - real_tanh(m)));
  }
  RecordProperty("largest_error", std::to_string(largest));
  EXPECT_LT(largest, 3.92e-4);
  EXPECT_GT(largest, 3.90e-4) << "docs/lstm.md states the error; keep it true";
}

TEST(Sigmoid, IsWithinItsStatedErrorForEveryInput) {
  double largest = 0;
  for (int pre = -32768; pre <= 32767; ++pre) {
    largest = std::max(largest, std::abs(sigmoid_q(pre) * kUnit - real_sigmoid(pre)));
  }
  RecordProperty("largest_error", std::to_string(largest));
  EXPECT_LT(largest, 2.11e-4);
  EXPECT_GT(largest, 2.09e-4) << "docs/lstm.md states the error; keep it true";
}

TEST(Tanh, IsOdd) {
  for (int m = 0; m <= 32768; ++m) ASSERT_EQ(tanh_q(-m), -tanh_q(m)) << "m = " << m;
}

TEST(Tanh, NeverFalls) {
  for (int m = -32768; m < 65536; ++m) ASSERT_LE(tanh_q(m), tanh_q(m + 1)) << "m = " << m;
}

TEST(Tanh, SaturatesBeyondItsTable) {
  EXPECT_EQ(tanh_q(0), 0);
  EXPECT_EQ(tanh_q(32767), 32767);
  EXPECT_EQ(tanh_q(32768), 32767);
  EXPECT_EQ(tanh_q(2 * 32767), 32767);  // twice the largest pre-activation
  EXPECT_EQ(tanh_q(-2 * 32768), -32767);
  EXPECT_LT(real_tanh(2 * 32767) - tanh_q(2 * 32767) * kUnit, 3.1e-5);
  EXPECT_EQ(tanh_q(32767 << 4), 32767);  // the largest cell with 8 fraction bits
}

TEST(Sigmoid, EndsAndMiddle) {
  EXPECT_EQ(sigmoid_q(-32768), 0);
  EXPECT_EQ(sigmoid_q(0), 16384);
  EXPECT_EQ(sigmoid_q(32767), 32767);
}

TEST(Lanes, EqualTheScalarFunctionsForEveryInput) {
  for (int first = -65536; first < 65536; first += kLanes) {
    Lanes m;
    for (int lane = 0; lane < kLanes; ++lane) m[lane] = first + lane;
    const Lanes tanh = tanh_lanes(m), sigmoid = sigmoid_lanes(m);
    for (int lane = 0; lane < kLanes; ++lane) {
      ASSERT_EQ(tanh[lane], tanh_q(first + lane));
      ASSERT_EQ(sigmoid[lane], sigmoid_q(first + lane));
    }
  }
}

TEST(TanhRom, CommittedFileIsCurrent) {
  std::ifstream file(LACUNA_SOURCE_DIR "/rtl/common/lac_tanh_rom.v");
  ASSERT_TRUE(file) << "rtl/common/lac_tanh_rom.v is missing";
  std::stringstream text;
  text << file.rdbuf();
  EXPECT_EQ(text.str(), tanh_rom_verilog()) << "run generate_tanh_rom > rtl/common/lac_tanh_rom.v";
}

}  // namespace
}  // namespace lacuna::golden
