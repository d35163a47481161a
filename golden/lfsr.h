// SPDX-License-Identifier: Apache-2.0
// The shift register that decides which connections exist (P5) and makes streams (P6): one
// definition for training, golden model, cycle model and tests; rtl/fc/lac_lfsr.v is the same
// in gates.
#pragma once

#include <cstdint>
#include <vector>

namespace lacuna::golden {

/// Which states a register of k bits goes through.
enum class LfsrKind {
  kPlain,     ///< 2^k - 1 states, all but zero: n = 2^k inputs wrap
  kAllStates  ///< 2^k states, zero inserted after 10..0: every threshold is met exactly as often
              ///< from every seed
};

/// "plain", "all"
const char* name_of(LfsrKind kind);

inline constexpr int kMinLfsrBits = 2, kMaxLfsrBits = 20;

/// Bits whose parity is shifted in, as a mask: a primitive polynomial for each register width, so
/// that the plain register has its full period (tested exhaustively, proved for the RTL).
/// @throws Error for a width outside kMinLfsrBits..kMaxLfsrBits.
std::uint32_t lfsr_taps(int bits);

/// Number of states before the first one comes again.
std::uint32_t lfsr_period(LfsrKind kind, int bits);

/// Fibonacci form, towards the highest bit: state' = (state << 1 | parity(state & taps)) mod 2^k;
/// kAllStates inverts the parity where the k - 1 lower bits are zero.
class Lfsr {
 public:
  Lfsr(LfsrKind kind, int bits, std::uint32_t seed);
  /// Another polynomial than lfsr_taps(). @param taps of a primitive polynomial
  Lfsr(LfsrKind kind, int bits, std::uint32_t seed, std::uint32_t taps);

  std::uint32_t state() const { return state_; }
  void step();

 private:
  std::uint32_t taps_, all_, zero_test_, state_;
};

/// All states from 1 on, in order, once. @param taps of a primitive polynomial
std::vector<std::uint32_t> lfsr_states(LfsrKind kind, int bits, std::uint32_t taps);

}  // namespace lacuna::golden
