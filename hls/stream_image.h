// SPDX-License-Identifier: Apache-2.0
// One image through the stochastic network as plain C++ for high-level synthesis (docs/hls.md):
// three layers of neurons at work at once, a cycle an iteration, as in rtl/sc. Sizes are constants,
// memory is static, integers are the standard ones. Arithmetic: docs/sc.md, "What it computes".
#pragma once

#include <cstdint>

namespace lacuna::hls {

/// Configuration of a network, the cfg_* ports of rtl/sc.
struct StreamSettings {
  int length;            ///< cycles of an image
  int states1, states2;  ///< of the counters of the first and the second layer
};

inline constexpr int kStreamBits = 11;  ///< of a register and of a code
/// Bits of a register whose parity is shifted in: 11 9; 11 2, 11 7 5 4, 11 8 6 3, 11 6 5 2.
inline constexpr std::uint16_t kInputTaps = 0x500;
inline constexpr std::uint16_t kWeightTaps[4] = {0x402, 0x458, 0x4A4, 0x432};

/// @tparam Integral P6's m: streams of a weight, 1 to 4
/// @tparam Bipolar  a bit 0 stands for -1: the conventional network
template <int Inputs, int Hidden1, int Hidden2, int Outputs, int Integral, bool Bipolar = false>
class StreamImage {
  static_assert(Integral >= 1 && Integral <= 4, "a weight has 1 to 4 streams");
  static_assert(Hidden1 <= Inputs && Hidden2 <= Inputs, "weight registers are as many as inputs");

 public:
  static constexpr int kDelay = 3;  ///< cycles from a bit into a layer to its bit out

  /// First states of the registers; the bias's is the last of a weight stream.
  struct Seeds {
    std::uint16_t inputs[Inputs];
    std::uint16_t weights[Integral][Inputs + 1];
  };

  /// Of the weights, the bias's last.
  struct Codes {
    std::uint16_t layer1[Hidden1][Inputs + 1];
    std::uint16_t layer2[Hidden2][Hidden1 + 1];
    std::uint16_t layer3[Outputs][Hidden2 + 1];
  };

  /// Everything that a cycle leaves to the next one.
  struct State {
    Seeds registers;
    int count1[Hidden1], count2[Hidden2];
    /// Bits that the hidden layers sent 1 to kDelay cycles ago.
    bool stream1[kDelay][Hidden1], stream2[kDelay][Hidden2];
    std::int32_t sums[Outputs];
  };

  /// @param x 0..127  @param y sums of the last layer over all cycles
  static void run(const StreamSettings& network, const Seeds& seeds, const Codes& codes,
                  const std::int8_t x[Inputs], std::int32_t y[Outputs]) {
    State state;
#pragma HLS array_partition variable = codes.layer1 dim = 0 complete
#pragma HLS array_partition variable = codes.layer2 dim = 0 complete
#pragma HLS array_partition variable = codes.layer3 dim = 0 complete
#pragma HLS array_partition variable = x complete
#pragma HLS disaggregate variable = state
    begin(network, seeds, state);
  cycles:
    for (int now = 0; now < network.length + 2 * kDelay; ++now) {
#pragma HLS loop_tripcount min = 7 max = 4102
#pragma HLS pipeline II = 1
      cycle(network, codes, x, now, state);
    }
    for (int output = 0; output < Outputs; ++output) y[output] = state.sums[output];
  }

  static void begin(const StreamSettings& network, const Seeds& seeds, State& state) {
#pragma HLS inline
    state.registers = seeds;
    for (int& count : state.count1) count = network.states1 / 2;
    for (int& count : state.count2) count = network.states2 / 2;
    for (std::int32_t& sum : state.sums) sum = 0;
  }

  /// Cycle `now` of an image. A later layer meets a bit kDelay cycles after the one before, with
  /// the registers' states of that cycle.
  static void cycle(const StreamSettings& network, const Codes& codes, const std::int8_t x[Inputs],
                    int now, State& state) {
#pragma HLS inline
    const auto& weights = state.registers.weights;
    if (now >= 2 * kDelay) {
      for (int output = 0; output < Outputs; ++output) {
#pragma HLS unroll
        state.sums[output] +=
            neuron<Hidden2>(weights, codes.layer3[output], state.stream2[kDelay - 1]);
      }
    }
    const bool second = now >= kDelay && now < network.length + kDelay;
    for (int output = 0; output < Hidden2; ++output) {
#pragma HLS unroll
      shift(state.stream2, output);
      if (second) {
        state.stream2[0][output] =
            counted(state.count2[output],
                    neuron<Hidden1>(weights, codes.layer2[output], state.stream1[kDelay - 1]),
                    network.states2);
      }
    }
    bool bits[Inputs];
    for (int input = 0; input < Inputs; ++input) {
#pragma HLS unroll
      bits[input] = state.registers.inputs[input] < 16 * x[input] + x[input] / 8;
    }
    for (int output = 0; output < Hidden1; ++output) {
#pragma HLS unroll
      shift(state.stream1, output);
      if (now < network.length) {
        state.stream1[0][output] =
            counted(state.count1[output], neuron<Inputs>(weights, codes.layer1[output], bits),
                    network.states1);
      }
    }
    step(state.registers);
  }

 private:
  /// Products, bias and their sum (rtl/sc/lac_sc_neuron.v).
  template <int Count>
  static int neuron(const std::uint16_t (&states)[Integral][Inputs + 1],
                    const std::uint16_t (&codes)[Count + 1], const bool (&bits)[Count]) {
#pragma HLS inline
    int sum = 0;
    for (int k = 0; k < Integral; ++k) {
#pragma HLS unroll
      for (int input = 0; input < Count; ++input) {
#pragma HLS unroll
        const int weight = states[k][input] < codes[input] ? 1 : -1;
        if (bits[input]) {
          sum += weight;
        } else if (Bipolar) {
          sum -= weight;
        }
      }
      sum += states[k][Inputs] < codes[Count] ? 1 : -1;
    }
    return sum;
  }

  /// The counter after a sum, and its bit (rtl/sc/lac_sc_nstanh.v).
  static bool counted(int& count, int sum, int states) {
#pragma HLS inline
    const int next = count + sum;
    count = next < 0 ? 0 : next >= states ? states - 1 : next;
    return count >= states / 2;
  }

  template <int Count>
  static void shift(bool (&stream)[kDelay][Count], int output) {
#pragma HLS inline
    for (int age = kDelay - 1; age > 0; --age) stream[age][output] = stream[age - 1][output];
  }

  /// Every register's next state (rtl/sc/lac_sc_registers.v).
  static void step(Seeds& registers) {
#pragma HLS inline
    for (std::uint16_t& state : registers.inputs) state = after(state, kInputTaps);
    for (int k = 0; k < Integral; ++k) {
#pragma HLS unroll
      for (std::uint16_t& state : registers.weights[k]) state = after(state, kWeightTaps[k]);
    }
  }

  static std::uint16_t after(std::uint16_t state, std::uint16_t taps) {
#pragma HLS inline
    constexpr unsigned kAll = (1U << kStreamBits) - 1;
    unsigned parity = (state & kAll >> 1) == 0 ? 1 : 0;
    for (int bit = 0; bit < kStreamBits; ++bit) {
#pragma HLS unroll
      parity ^= static_cast<unsigned>(state & taps) >> bit & 1U;
    }
    return static_cast<std::uint16_t>((static_cast<unsigned>(state) << 1 | parity) & kAll);
  }
};

}  // namespace lacuna::hls
