// SPDX-License-Identifier: Apache-2.0
// Registers of streams: full periods, phases that differ, codes that mean what they should.
#include "golden/sc/streams.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "golden/lfsr.h"

namespace lacuna::golden {
namespace {

std::vector<std::uint32_t> all_taps() {
  std::vector<std::uint32_t> taps{input_taps()};
  for (int stream = 0; stream < kMaxIntegral; ++stream) taps.push_back(weight_taps(stream));
  return taps;
}

TEST(Streams, EveryRegisterGoesThroughAllStates) {
  for (const std::uint32_t taps : all_taps()) {
    const auto states = lfsr_states(LfsrKind::kAllStates, kStreamBits, taps);
    EXPECT_EQ(std::set<std::uint32_t>(states.begin(), states.end()).size(), 2048u) << taps;
    Lfsr lfsr(LfsrKind::kAllStates, kStreamBits, states.back(), taps);
    lfsr.step();
    EXPECT_EQ(lfsr.state(), 1u) << "the walk comes back";
  }
}

TEST(Streams, PolynomialsDiffer) {
  const auto taps = all_taps();
  EXPECT_EQ(std::set<std::uint32_t>(taps.begin(), taps.end()).size(), taps.size());
}

TEST(Streams, RegistersOfOneKindBeginInDifferentStates) {
  for (const Spread spread : {Spread::kEven, Spread::kScattered}) {
    for (const std::uint64_t seed : {1u, 2u, 3u}) {
      std::set<int> inputs, weights;
      for (int n = 0; n <= kMaxScSize; ++n) {
        inputs.insert(input_phase(seed, spread, n));
        weights.insert(weight_phase(seed, spread, n, 3));
      }
      EXPECT_EQ(inputs.size(), 2048u);
      EXPECT_EQ(weights.size(), 2048u);
    }
    EXPECT_NE(input_phase(1, spread, 0), input_phase(2, spread, 0));
    EXPECT_NE(weight_phase(1, spread, 0, 0), weight_phase(2, spread, 0, 0));
    EXPECT_NE(weight_phase(1, spread, 0, 0), weight_phase(1, spread, 0, 1));
  }
}

/// Largest correlation of a sum of 784 streams of weight 0 with itself up to 1000 cycles later,
/// more than a counter remembers.
double likeness(Spread spread) {
  const Registers registers(1, spread);
  std::vector<double> sum(kStreamStates);
  for (int cycle = 0; cycle < kStreamStates; ++cycle) {
    for (int n = 0; n < 784; ++n)
      sum[static_cast<std::size_t>(cycle)] += registers.weight(n, 0, cycle) < 1024 ? 1 : -1;
  }
  const auto later = [&](int cycles) {
    double product = 0;
    for (int cycle = 0; cycle < kStreamStates; ++cycle)
      product += sum[static_cast<std::size_t>(cycle)] *
                 sum[static_cast<std::size_t>((cycle + cycles) % kStreamStates)];
    return product;
  };
  double most = 0;
  for (int cycles = 1; cycles <= 1000; ++cycles)
    most = std::max(most, std::abs(later(cycles) / later(0)));
  return most;
}

TEST(Streams, ScatteredRegistersMakeWhiteSums) {
  EXPECT_LT(likeness(Spread::kScattered), 0.15);
  EXPECT_GT(likeness(Spread::kEven), 0.5) << "one stride: the sum comes again";
}

TEST(Streams, WholePeriodHasExactlyAsManyOnesAsTheCode) {
  const Registers registers(5, Spread::kEven);
  for (const int code : {0, 1, 900, 2047}) {
    int input = 0, weight = 0;
    for (int cycle = 0; cycle < kStreamStates; ++cycle) {
      input += registers.input(17, cycle) < code ? 1 : 0;
      weight += registers.weight(17, 2, cycle) < code ? 1 : 0;
    }
    EXPECT_EQ(input, code);
    EXPECT_EQ(weight, code);
  }
}

TEST(Streams, CodesSpanTheirRanges) {
  EXPECT_EQ(input_code(0), 0);
  EXPECT_EQ(input_code(127), 2047);
  EXPECT_EQ(input_code(64), 1032);
  EXPECT_EQ(weight_code(-1), 0);
  EXPECT_EQ(weight_code(0), 1024);
  EXPECT_EQ(weight_code(1), 2047);
  EXPECT_EQ(weight_code(-7), 0);
  EXPECT_DOUBLE_EQ(weight_of_code(1024), 0);
  for (int code = 0; code < kStreamStates; ++code)
    EXPECT_EQ(weight_code(weight_of_code(code)), code);
}

}  // namespace
}  // namespace lacuna::golden
