// SPDX-License-Identifier: Apache-2.0
#include "golden/lfsr.h"

#include <fmt/format.h>

#include "golden/error.h"

namespace lacuna::golden {
namespace {

/// Of each width the primitive polynomial with the fewest taps, highest bit first: x^k + ... + 1
/// has the taps k, ..., without the 1.
constexpr std::uint32_t taps_of(std::initializer_list<int> exponents) {
  std::uint32_t taps = 0;
  for (const int exponent : exponents) taps |= std::uint32_t{1} << (exponent - 1);
  return taps;
}

constexpr std::uint32_t kTaps[] = {
    taps_of({2, 1}),          taps_of({3, 2}),          taps_of({4, 3}),
    taps_of({5, 3}),          taps_of({6, 5}),          taps_of({7, 6}),
    taps_of({8, 6, 5, 4}),    taps_of({9, 5}),          taps_of({10, 7}),
    taps_of({11, 9}),         taps_of({12, 11, 10, 4}), taps_of({13, 12, 11, 8}),
    taps_of({14, 13, 12, 2}), taps_of({15, 14}),        taps_of({16, 15, 13, 4}),
    taps_of({17, 14}),        taps_of({18, 11}),        taps_of({19, 18, 17, 14}),
    taps_of({20, 17})};

}  // namespace

const char* name_of(LfsrKind kind) { return kind == LfsrKind::kPlain ? "plain" : "all"; }

std::uint32_t lfsr_taps(int bits) {
  if (bits < kMinLfsrBits || bits > kMaxLfsrBits) {
    throw Error("LFSR", fmt::format("of {} bits", bits),
                fmt::format("take {} to {}", kMinLfsrBits, kMaxLfsrBits));
  }
  return kTaps[bits - kMinLfsrBits];
}

std::uint32_t lfsr_period(LfsrKind kind, int bits) {
  return (std::uint32_t{1} << bits) - (kind == LfsrKind::kPlain ? 1 : 0);
}

Lfsr::Lfsr(LfsrKind kind, int bits, std::uint32_t seed) : Lfsr(kind, bits, seed, lfsr_taps(bits)) {}

Lfsr::Lfsr(LfsrKind kind, int bits, std::uint32_t seed, std::uint32_t taps)
    : taps_(taps),
      all_((std::uint32_t{1} << bits) - 1),
      zero_test_(kind == LfsrKind::kAllStates ? all_ >> 1 : 0),
      state_(seed) {
  if (seed > all_ || (kind == LfsrKind::kPlain && seed == 0)) {
    throw Error("LFSR", fmt::format("of {} bits with the seed {}", bits, seed),
                "take one of its states");
  }
}

std::vector<std::uint32_t> lfsr_states(LfsrKind kind, int bits, std::uint32_t taps) {
  std::vector<std::uint32_t> states(lfsr_period(kind, bits));
  Lfsr lfsr(kind, bits, 1, taps);
  for (std::uint32_t& state : states) {
    state = lfsr.state();
    lfsr.step();
  }
  return states;
}

void Lfsr::step() {
  auto in = static_cast<std::uint32_t>(__builtin_parity(state_ & taps_));
  if (zero_test_ != 0 && (state_ & zero_test_) == 0) in ^= 1;
  state_ = (state_ << 1 | in) & all_;
}

}  // namespace lacuna::golden
