// SPDX-License-Identifier: Apache-2.0
#include "golden/sc/streams.h"

#include <algorithm>
#include <cmath>

#include "golden/lfsr.h"

namespace lacuna::golden {
namespace {

constexpr int kStride = 1265;  // 0.618 x 2048, odd: neighbours lie far apart
constexpr int kScatter = 22;   // even: with an odd stride still one register a state
constexpr int kStreamStride = 511;
constexpr std::uint64_t kInputSeed = 401, kWeightSeed = 733;

/// Taps 11 9; then 11 2, 11 7 5 4, 11 8 6 3, 11 6 5 2.
constexpr std::uint32_t kInputTaps = 0x500;
constexpr std::array<std::uint32_t, kMaxIntegral> kWeightTaps{0x402, 0x458, 0x4A4, 0x432};

int phase(std::uint64_t start, Spread spread, int number, int more) {
  const int scatter = spread == Spread::kScattered ? kScatter : 0;
  const int steps = kStride * number + scatter * number * number + more;
  return static_cast<int>((start + static_cast<std::uint64_t>(steps)) % kStreamStates);
}

}  // namespace

std::uint32_t input_taps() { return kInputTaps; }
std::uint32_t weight_taps(int stream) { return kWeightTaps[static_cast<std::size_t>(stream)]; }

int input_phase(std::uint64_t seed, Spread spread, int input) {
  return phase(seed % kStreamStates * kInputSeed, spread, input, 0);
}

int weight_phase(std::uint64_t seed, Spread spread, int input, int stream) {
  return phase(seed % kStreamStates * kWeightSeed, spread, input, kStreamStride * stream);
}

int weight_code(double w) {
  const auto code = static_cast<int>(std::lround((w + 1) * kStreamStates / 2));
  return std::clamp(code, 0, kStreamStates - 1);
}

Registers::Registers(std::uint64_t seed, Spread spread)
    : seed_(seed),
      spread_(spread),
      inputs_(lfsr_states(LfsrKind::kAllStates, kStreamBits, kInputTaps)) {
  for (std::size_t stream = 0; stream < weights_.size(); ++stream)
    weights_[stream] = lfsr_states(LfsrKind::kAllStates, kStreamBits, kWeightTaps[stream]);
}

}  // namespace lacuna::golden
