// SPDX-License-Identifier: Apache-2.0
#include "golden/fc/connection_mask.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "golden/error.h"

namespace lacuna::golden {
namespace {

std::uint32_t seed_spacing(std::uint32_t period) {
  constexpr double kGoldenSection = 0.6180339887498949;
  auto spacing = static_cast<std::uint32_t>(std::lround(kGoldenSection * period));
  while (std::gcd(spacing, period) != 1) ++spacing;
  return spacing;
}

}  // namespace

int mask_bits(int inputs) {
  int bits = kMinLfsrBits;
  while (bits < kMaxLfsrBits && (std::int64_t{1} << bits) < inputs) ++bits;
  return bits;
}

std::uint32_t mask_threshold(double sparsity, int bits) {
  if (!(sparsity >= 0 && sparsity < 1)) {
    throw Error("sparsity", fmt::format("{} is not a share from 0 to below 1", sparsity));
  }
  const auto threshold = static_cast<std::uint32_t>(std::lround(std::ldexp(sparsity, bits)));
  return std::min(threshold, (std::uint32_t{1} << bits) - 1);
}

std::vector<std::uint32_t> mask_seeds(const ConnectionMask& mask) {
  const std::uint32_t period = lfsr_period(mask.kind, mask.bits);
  const std::uint32_t spacing = seed_spacing(period);
  const auto states = lfsr_states(mask.kind, mask.bits, lfsr_taps(mask.bits));
  std::vector<std::uint32_t> seeds;
  std::uint64_t at = 0;
  for (int group = 0; group < mask.groups; ++group, at = (at + spacing) % period) {
    seeds.push_back(states[at]);
  }
  return seeds;
}

std::vector<std::vector<std::uint16_t>> group_connections(const ConnectionMask& mask, int inputs) {
  std::vector<std::vector<std::uint16_t>> connections;
  for (const std::uint32_t seed : mask_seeds(mask)) {
    auto& group = connections.emplace_back();
    Lfsr lfsr(mask.kind, mask.bits, seed);
    for (int input = 0; input < inputs; ++input, lfsr.step()) {
      if (lfsr.state() >= mask.threshold) group.push_back(static_cast<std::uint16_t>(input));
    }
  }
  return connections;
}

}  // namespace lacuna::golden
