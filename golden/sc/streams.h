// SPDX-License-Identifier: Apache-2.0
// Where the bits of stochastic numbers come from (P6; docs/sc.md, "Generators"): one definition for
// training, golden model and RTL.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace lacuna::golden {

inline constexpr int kStreamBits = 11;
inline constexpr int kStreamStates = 1 << kStreamBits;
inline constexpr int kMaxIntegral = 4;  ///< streams of a weight: one polynomial each
inline constexpr int kMaxStreamLength = 4096;
inline constexpr int kMaxCounterStates = 4096;
inline constexpr int kMaxScSize = kStreamStates - 1;  ///< inputs or outputs of a layer: with the
                                                      ///< bias a register each in another state
inline constexpr std::int64_t kMaxScWords = std::int64_t{1} << 27;  ///< of packed weight streams
/// Cycles from a bit into a layer to its bit out, in the parallel engine; and in the folded one, in
/// which all layers do a stream's cycle before the registers step.
inline constexpr int kScLayerDelay = 3;
inline constexpr int kScFoldedLayerDelay = 0;

/// Of the registers of inputs, and of those of weights by number of the stream, 0..kMaxIntegral-1.
std::uint32_t input_taps();
std::uint32_t weight_taps(int stream);

/// How registers lie within the period: neighbours evenly far apart, or scattered, so that the sum
/// of many streams that hardly differ is white (docs/sc.md, "Generators").
enum class Spread { kEven, kScattered };

/// Steps after state 1 with which a register begins, 0..kStreamStates-1. @param seed of the run
int input_phase(std::uint64_t seed, Spread spread, int input);
int weight_phase(std::uint64_t seed, Spread spread, int input, int stream);

/// A bit is 1 where the register's state is below: x in 0..127 as a probability in 2048ths.
inline int input_code(int x) { return 16 * x + x / 8; }
/// The same of a bit of a bipolar weight w, -1..1: probability (w + 1) / 2, at most 2047 / 2048.
int weight_code(double w);
/// The weight that a code stands for.
inline double weight_of_code(int code) { return 2.0 * code / kStreamStates - 1; }

/// States of all registers of a run.
class Registers {
 public:
  Registers(std::uint64_t seed, Spread spread);

  int input(int number, int cycle) const {
    return at(inputs_, input_phase(seed_, spread_, number) + cycle);
  }
  int weight(int number, int stream, int cycle) const {
    return at(weights_[static_cast<std::size_t>(stream)],
              weight_phase(seed_, spread_, number, stream) + cycle);
  }

 private:
  using Sequence = std::vector<std::uint32_t>;

  static int at(const Sequence& states, int step) {
    return static_cast<int>(states[static_cast<std::size_t>(step % kStreamStates)]);
  }

  std::uint64_t seed_;
  Spread spread_;
  Sequence inputs_;
  std::array<Sequence, kMaxIntegral> weights_;
};

}  // namespace lacuna::golden
