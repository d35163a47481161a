// SPDX-License-Identifier: Apache-2.0
// The paper's neuron alone (rtl/fc/lac_lfsr_neuron.v) against the mask and plain sums: 1024 inputs,
// binary weights, one input in sixteen exists; and the conventional neuron beside it.
#include <gtest/gtest.h>

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

  /// Feeds an image, pausing where `pause` says so, and waits for its sum. Notes the cycles from
  /// the last input on.
  template <typename Pause>
  std::int32_t sum(const std::vector<int>& values, Pause pause) {
    for (std::size_t at = 0; at < values.size(); ++at) {
      while (pause()) edge();
      top_->step_i = 1;
      top_->last_i = at + 1 == values.size();
      top_->value_i = static_cast<CData>(values[at]);
      edge();
      top_->step_i = 0;
    }
    const std::uint64_t last = cycle_ - 1;
    while (!top_->sum_valid_o && cycle_ < last + 10) edge();
    waited_ = cycle_ - last;
    constexpr int kUnused = 32 - 20;
    return static_cast<std::int32_t>(top_->sum_o << kUnused) >> kUnused;
  }
  std::uint64_t waited() const { return waited_; }

 private:
  VerilatedContext context_;
  std::unique_ptr<Top> top_;
  std::uint64_t cycle_ = 0, waited_ = 0;
};

std::vector<int> random_values(golden::Random& random, int count) {
  std::vector<int> values;
  for (int n = 0; n < count; ++n) values.push_back(static_cast<int>(random.integer(-128, 127)));
  return values;
}

TEST(LfsrNeuron, SumsTheConnectionsThatItsRegisterLetsThrough) {
  const golden::ConnectionMask mask = mask_of(0.9375);
  const auto seeds = golden::mask_seeds(mask);
  const auto groups = golden::group_connections(mask, kInputs);
  for (std::size_t group = 0; group < seeds.size(); ++group) {
    SCOPED_TRACE("group " + std::to_string(group));
    ASSERT_EQ(groups[group].size(), 64u) << "the depth of its memory";
    golden::Random random(group + 1);
    Bench<Vfc_neuron> bench(group + 1);
    bench.pins().seed_i = static_cast<SData>(seeds[group]);
    bench.pins().threshold_i = static_cast<SData>(mask.threshold);
    bench.reset();
    std::vector<int> negative;
    for (int n = 0; n < 64; ++n) negative.push_back(random.chance(0.5));
    bench.write(negative);
    // Three images without a pause between them, then pauses, then after a reset in the middle.
    for (int image = 0; image < 5; ++image) {
      const std::vector<int> values = random_values(random, kInputs);
      if (image == 4) {
        bench.pins().step_i = 1;
        bench.pins().last_i = 0;
        for (int n = 0; n < 100; ++n) bench.edge();
        bench.pins().step_i = 0;
        bench.reset();
      }
      int expected = 0;
      for (std::size_t k = 0; k < 64; ++k)
        expected += (negative[k] ? -1 : 1) * values[groups[group][k]];
      EXPECT_EQ(bench.sum(values, [&] { return image >= 3 && random.chance(0.3); }), expected)
          << "image " << image;
      EXPECT_EQ(bench.waited(), kPipeline) << "image " << image;
    }
  }
}

TEST(LfsrNeuron, WithoutAMaskEveryInputCounts) {
  golden::Random random(9);
  Bench<Vfc_conventional_neuron> bench(9);
  const std::vector<int> weights = random_values(random, 16);
  bench.write(weights);
  for (int image = 0; image < 3; ++image) {
    const std::vector<int> values = random_values(random, 16);
    int expected = 0;
    for (std::size_t k = 0; k < 16; ++k) expected += weights[k] * values[k];
    EXPECT_EQ(bench.sum(values, [] { return false; }), expected);
  }
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
