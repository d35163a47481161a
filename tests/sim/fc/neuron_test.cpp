// SPDX-License-Identifier: Apache-2.0
// The paper's neuron alone (rtl/fc/lac_lfsr_neuron.v) against the mask and plain sums: 1024 inputs,
// binary weights, every share of connections that the paper has; and the conventional neuron beside
// it.
#include <gtest/gtest.h>

#include <deque>
#include <memory>
#include <vector>

#include "Vfc_conventional_neuron.h"
#include "Vfc_neuron.h"
#include "golden/fc/connection_mask.h"
#include "golden/random.h"

namespace lacuna::sim {
namespace {

constexpr int kInputs = 1024;
constexpr std::uint64_t kPipeline = 3;  ///< cycles from the last input to the sum

golden::ConnectionMask mask_of(double sparsity) {
  golden::ConnectionMask mask;
  mask.bits = 10;
  mask.threshold = golden::mask_threshold(sparsity, mask.bits);
  mask.groups = 5;
  return mask;
}

/// Drives a neuron's pins; a cycle is settle, then an edge.
template <typename Top>
class Bench {
 public:
  explicit Bench(std::uint64_t seed) {
    context_.randReset(2);
    context_.randSeed(static_cast<int>(seed));
    top_ = std::make_unique<Top>(&context_);
    top_->step_i = top_->weight_we_i = 0;
    reset();
  }
  ~Bench() { top_->final(); }

  Top& pins() { return *top_; }

  void edge() {
    top_->clk_i = 0;
    top_->eval();
    top_->clk_i = 1;
    top_->eval();
    ++cycle_;
  }

  void reset() {
    top_->rst_ni = 0;
    edge();
    top_->rst_ni = 1;
  }

  void write(const std::vector<int>& codes) {
    for (std::size_t at = 0; at < codes.size(); ++at) {
      top_->weight_we_i = 1;
      top_->weight_addr_i = static_cast<SData>(at);
      top_->weight_data_i = static_cast<CData>(codes[at]);
      edge();
    }
    top_->weight_we_i = 0;
  }

  /// Feeds images one after the other, pausing where `pause` says so, and takes their sums as they
  /// come. Checks the cycles from an image's last input to its sum.
  template <typename Pause>
  std::vector<int> sums(const std::vector<std::vector<int>>& images, Pause pause) {
    std::vector<int> taken;
    std::deque<std::uint64_t> due;
    const auto clock = [&] {
      edge();
      if (!top_->sum_valid_o) return;
      ASSERT_FALSE(due.empty()) << "a sum that no image is due for";
      EXPECT_EQ(cycle_, due.front());
      due.pop_front();
      taken.push_back(static_cast<std::int32_t>(top_->sum_o << kUnused) >> kUnused);
    };
    for (const auto& values : images) {
      for (std::size_t at = 0; at < values.size(); ++at) {
        while (pause()) clock();
        top_->step_i = 1;
        top_->last_i = at + 1 == values.size();
        top_->value_i = static_cast<CData>(values[at]);
        if (top_->last_i) due.push_back(cycle_ + kPipeline);
        clock();
        top_->step_i = 0;
      }
    }
    for (std::uint64_t n = 0; n < kPipeline; ++n) clock();
    return taken;
  }

 private:
  static constexpr int kUnused = 32 - 20;

  VerilatedContext context_;
  std::unique_ptr<Top> top_;
  std::uint64_t cycle_ = 0;
};

std::vector<int> random_values(golden::Random& random, int count) {
  std::vector<int> values;
  for (int n = 0; n < count; ++n) values.push_back(static_cast<int>(random.integer(-128, 127)));
  return values;
}

TEST(LfsrNeuron, SumsTheConnectionsThatItsRegisterLetsThrough) {
  for (const double sparsity : {0.0, 0.5, 0.75, 0.875, 0.9375}) {
    const golden::ConnectionMask mask = mask_of(sparsity);
    const auto seeds = golden::mask_seeds(mask);
    const auto groups = golden::group_connections(mask, kInputs);
    for (std::size_t group = 0; group < seeds.size(); ++group) {
      SCOPED_TRACE("p " + std::to_string(sparsity) + ", group " + std::to_string(group));
      golden::Random random(group + 1);
      Bench<Vfc_neuron> bench(group + 1);
      bench.pins().seed_i = static_cast<SData>(seeds[group]);
      bench.pins().threshold_i = static_cast<SData>(mask.threshold);
      bench.reset();
      std::vector<int> negative;
      for (std::size_t n = 0; n < groups[group].size(); ++n) negative.push_back(random.chance(0.5));
      bench.write(negative);
      std::vector<std::vector<int>> images;
      std::vector<int> expected;
      for (int image = 0; image < 3; ++image) {
        images.push_back(random_values(random, kInputs));
        expected.push_back(0);
        for (std::size_t k = 0; k < negative.size(); ++k)
          expected.back() += (negative[k] ? -1 : 1) * images.back()[groups[group][k]];
      }
      EXPECT_EQ(bench.sums(images, [] { return false; }), expected) << "without a pause";
      EXPECT_EQ(bench.sums(images, [&] { return random.chance(0.3); }), expected) << "with pauses";
      bench.pins().last_i = 0;
      bench.pins().step_i = 1;
      for (int n = 0; n < 100; ++n) bench.edge();
      bench.pins().step_i = 0;
      bench.reset();
      EXPECT_EQ(bench.sums(images, [] { return false; }), expected)
          << "after a reset in the middle";
    }
  }
}

TEST(LfsrNeuron, WithoutAMaskEveryInputCounts) {
  golden::Random random(9);
  Bench<Vfc_conventional_neuron> bench(9);
  const std::vector<int> weights = random_values(random, 16);
  bench.write(weights);
  std::vector<std::vector<int>> images;
  std::vector<int> expected;
  for (int image = 0; image < 3; ++image) {
    images.push_back(random_values(random, 16));
    expected.push_back(0);
    for (std::size_t k = 0; k < 16; ++k) expected.back() += weights[k] * images.back()[k];
  }
  EXPECT_EQ(bench.sums(images, [] { return false; }), expected);
}

TEST(LfsrNeuron, MemoryIsExactlyTheShareOfConnectionsForEverySeed) {
  const std::pair<double, std::size_t> depths[] = {
      {0, 1024}, {0.5, 512}, {0.75, 256}, {0.875, 128}, {0.9375, 64}};
  for (const auto& [sparsity, depth] : depths) {
    golden::ConnectionMask mask = mask_of(sparsity);
    mask.groups = 1024;
    for (const auto& connections : golden::group_connections(mask, kInputs))
      ASSERT_EQ(connections.size(), depth) << sparsity;
  }
}

}  // namespace
}  // namespace lacuna::sim
