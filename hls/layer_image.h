// SPDX-License-Identifier: Apache-2.0
// One image through one layer of the fully-connected engine as plain C++ for high-level synthesis
// (docs/hls.md): registers that say which connections exist, weight memories without the others,
// as in rtl/fc. Sizes are constants, memory is static, integers are the standard ones.
// Arithmetic: docs/fc.md, "What it computes".
#pragma once

#include <cstdint>

#include "golden/fixed_point.h"
#include "hls/weight.h"

namespace lacuna::hls {

/// Configuration of a layer, the cfg_* ports of rtl/fc.
struct ImageSettings {
  int inputs, outputs;
  std::uint32_t threshold;  ///< a connection exists where state >= threshold; 0: all exist
  int shift;
  bool relu;
};

/// Folded batch normalisation of an output.
struct OutputParameters {
  std::int16_t scale;
  std::int32_t bias;
};

/// @tparam MaxOutputs physical outputs, a multiple of Groups  @tparam Groups that share a mask each
/// @tparam Depth words of a group's weight memory  @tparam WeightBits 1 binary, 2 ternary, else
/// two's complement  @tparam Taps bits of the register whose parity is shifted in
/// @tparam AllStates the register has its zero state too
template <int MaxInputs, int MaxOutputs, int Groups, int Depth, int WeightBits, int LfsrBits,
          std::uint32_t Taps, bool AllStates = true>
class LayerImage {
  static_assert(MaxOutputs % Groups == 0, "outputs must be a multiple of groups");
  static_assert(LfsrBits >= 2 && LfsrBits <= 20, "registers have 2 to 20 bits");

 public:
  static constexpr int kNeurons = MaxOutputs / Groups;  ///< of a group
  static constexpr int kWordBytes = (kNeurons * WeightBits + 7) / 8;

  /// Word `address` of a group has one weight of each of its neurons; neuron n of group g is output
  /// n x Groups + g.
  using GroupWeights = std::uint8_t[Depth][kWordBytes];

  /// @param seeds  of each group's register
  /// @param y      0..127 where the layer has relu
  static void run(const ImageSettings& layer, const std::uint32_t seeds[Groups],
                  const GroupWeights weights[Groups], const OutputParameters parameters[MaxOutputs],
                  const std::int8_t x[MaxInputs], std::int16_t y[MaxOutputs]) {
    std::int32_t sums[Groups][kNeurons];
#pragma HLS array_partition variable = sums dim = 0 complete
    accumulate(layer, seeds, weights, x, sums);
  outputs:
    for (int output = 0; output < layer.outputs; ++output) {
#pragma HLS loop_tripcount min = 1 max = MaxOutputs
#pragma HLS pipeline II = 1
      y[output] = activation(layer, parameters[output], sums[output % Groups][output / Groups]);
    }
  }

 private:
  using Sums = std::int32_t[Groups][kNeurons];

  /// An input a cycle to all groups; each takes it where its register says so.
  static void accumulate(const ImageSettings& layer, const std::uint32_t seeds[Groups],
                         const GroupWeights weights[Groups], const std::int8_t x[MaxInputs],
                         Sums& sums) {
#pragma HLS array_partition variable = weights dim = 1 complete
    std::uint32_t state[Groups];
    int address[Groups];
#pragma HLS array_partition variable = state complete
#pragma HLS array_partition variable = address complete
  begin:
    for (int g = 0; g < Groups; ++g) {
#pragma HLS unroll
      state[g] = seeds[g];
      address[g] = 0;
      for (int n = 0; n < kNeurons; ++n) sums[g][n] = 0;
    }
  inputs:
    for (int input = 0; input < layer.inputs; ++input) {
#pragma HLS loop_tripcount min = 1 max = MaxInputs
#pragma HLS pipeline II = 1
      const std::int8_t value = x[input];
    groups:
      for (int g = 0; g < Groups; ++g) {
#pragma HLS unroll
        if (state[g] >= layer.threshold) {
          const std::uint8_t* word = weights[g][address[g]++];
          for (int n = 0; n < kNeurons; ++n) {
#pragma HLS unroll
            sums[g][n] += Weight<WeightBits>::product(Weight<WeightBits>::code(word, n), value);
          }
        }
        state[g] = next_state(state[g]);
      }
    }
  }

  /// The register of rtl/fc/lac_lfsr.v.
  static std::uint32_t next_state(std::uint32_t state) {
    constexpr std::uint32_t kAll = (std::uint32_t{1} << LfsrBits) - 1;
    std::uint32_t parity = 0;
    for (int bit = 0; bit < LfsrBits; ++bit) {
#pragma HLS unroll
      parity ^= (state & Taps) >> bit & 1;
    }
    if (AllStates && (state & kAll >> 1) == 0) parity ^= 1;
    return (state << 1 | parity) & kAll;
  }

  static std::int16_t activation(const ImageSettings& layer, const OutputParameters& output,
                                 std::int32_t sum) {
    const std::int64_t value = golden::saturate(
        golden::round_shift(std::int64_t{output.scale} * sum + output.bias, layer.shift),
        golden::kWordBits);
    if (!layer.relu) return static_cast<std::int16_t>(value);
    return static_cast<std::int16_t>(value < 0 ? 0 : value > 127 ? 127 : value);
  }
};

}  // namespace lacuna::hls
