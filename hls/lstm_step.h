// SPDX-License-Identifier: Apache-2.0
// One step of the recurrent engine as plain C++ for high-level synthesis (docs/hls.md): blocks of
// rows, lists of kept columns, sums of x and h apart, as in rtl/lstm. Sizes are constants, memory
// is static, integers are the standard ones; the pragmas are hints that other compilers ignore.
// Arithmetic: docs/lstm.md, "What it computes".
#pragma once

#include <cstdint>

#include "golden/activation.h"
#include "golden/fixed_point.h"
#include "hls/weight.h"

namespace lacuna::hls {

inline constexpr int kGates = 4;  ///< in the order i, f, g, o

/// A vector of a batch without the columns that are zero in every stream.
template <int Capacity, int Batch>
struct ColumnList {
  int count = 0;
  std::uint16_t index[Capacity];
  std::int8_t value[Capacity][Batch];
};

/// Constants of a unit, one a gate.
struct UnitParameters {
  std::int16_t scale_x[kGates], scale_h[kGates], bias[kGates];
  std::int16_t norm_scale = 0, norm_offset = 0;  ///< of the cell, for engines that normalise it
};

/// Configuration of a layer, the cfg_* ports of rtl/lstm.
struct LayerSettings {
  int units, inputs;
  int words;        ///< of one column of the whole layer
  int block_words;  ///< of a block and column; the last block takes what is left
  std::uint32_t stride,
      last_stride;     ///< bytes from column to column in a full and in the last block
  std::uint32_t span;  ///< bytes of a full block
  int pre_shift, cell_frac, threshold;
  int norm_shift = 0;
};

/// @tparam Lanes weights a cycle, a multiple of 4  @tparam Depth words of a block, at most
/// @tparam WeightBits 1 binary, 2 ternary, else two's complement  @tparam CellNorm cells are scaled
/// and shifted before their tanh (P4)
template <int MaxUnits, int MaxInputs, int Batch, int Lanes, int Depth, int WeightBits = 8,
          bool CellNorm = false>
class LstmStep {
 public:
  using InputList = ColumnList<MaxInputs, Batch>;
  using StateList = ColumnList<MaxUnits, Batch>;

  /// @param weights  the layer's weight memory (docs/lstm.md, "Weights in memory")
  /// @param runs     streams whose length is not over
  /// @param c        cell states, updated
  /// @param h_next   the list of h_t; its storage must not be that of `h`
  static void run(const LayerSettings& layer, const std::uint8_t* weights,
                  const UnitParameters parameters[MaxUnits], const InputList& x, const StateList& h,
                  const bool runs[Batch], std::int16_t c[MaxUnits][Batch], StateList& h_next) {
    h_next.count = 0;
  blocks:
    for (int first = 0; first < layer.words; first += layer.block_words) {
#pragma HLS loop_tripcount min = 1 max = 16
      const int left = layer.words - first;
      const bool last = left <= layer.block_words;
      const int words = last ? left : layer.block_words;
      const std::uint32_t stride = last ? layer.last_stride : layer.stride;
      Sums sums_x, sums_h;
#pragma HLS array_partition variable = sums_x dim = 2 complete
#pragma HLS array_partition variable = sums_x dim = 3 complete
#pragma HLS array_partition variable = sums_h dim = 2 complete
#pragma HLS array_partition variable = sums_h dim = 3 complete
      accumulate(weights, x, words, stride, sums_x);
      accumulate(weights + static_cast<std::uint32_t>(layer.inputs) * stride, h, words, stride,
                 sums_h);
      drain(layer, parameters, first, words, sums_x, sums_h, runs, c, h_next);
      weights += layer.span;
    }
  }

 private:
  static constexpr int kSlots = Lanes / kGates;  ///< units in a word

  static constexpr int kWordBytes = (Lanes * WeightBits + 7) / 8;

  using Sums = std::int32_t[Depth][Lanes][Batch];

  /// Sums of one block over a list: a word of weights a cycle, each weight shared by all streams.
  template <typename List>
  static void accumulate(const std::uint8_t* weights, const List& list, int words,
                         std::uint32_t stride, Sums& sums) {
  clear:
    for (int word = 0; word < words; ++word) {
#pragma HLS pipeline II = 1
      for (int lane = 0; lane < Lanes; ++lane) {
        for (int b = 0; b < Batch; ++b) sums[word][lane][b] = 0;
      }
    }
  columns:
    for (int k = 0; k < list.count; ++k) {
#pragma HLS loop_tripcount min = 0 max = 1024
      const std::uint8_t* column = weights + list.index[k] * stride;
    words:
      for (int word = 0; word < words; ++word) {
#pragma HLS pipeline II = 1
#pragma HLS dependence variable = sums inter false
        for (int lane = 0; lane < Lanes; ++lane) {
#pragma HLS unroll
          const int code = Weight<WeightBits>::code(column + word * kWordBytes, lane);
          for (int b = 0; b < Batch; ++b) {
#pragma HLS unroll
            sums[word][lane][b] += Weight<WeightBits>::product(code, list.value[k][b]);
          }
        }
      }
    }
  }

  /// Element-wise part of one block, unit by unit, and the encoder of zero states behind it.
  static void drain(const LayerSettings& layer, const UnitParameters parameters[MaxUnits],
                    int first, int words, const Sums& sums_x, const Sums& sums_h,
                    const bool runs[Batch], std::int16_t c[MaxUnits][Batch], StateList& h_next) {
  drain_words:
    for (int word = 0; word < words; ++word) {
    drain_slots:
      for (int slot = 0; slot < kSlots; ++slot) {
#pragma HLS pipeline
        const int unit = (first + word) * kSlots + slot;
        if (unit >= layer.units) break;
        std::int8_t h[Batch];
        bool any = false;
        for (int b = 0; b < Batch; ++b) {
#pragma HLS unroll
          std::int32_t gate[kGates];
          for (int g = 0; g < kGates; ++g) {
#pragma HLS unroll
            const int lane = kGates * slot + g;
            gate[g] =
                activate(layer, parameters[unit], g, sums_x[word][lane][b], sums_h[word][lane][b]);
          }
          h[b] = runs[b] ? next_state(layer, parameters[unit], gate, c[unit][b]) : std::int8_t{0};
          any = any || h[b] != 0;
        }
        if (any) {
          h_next.index[h_next.count] = static_cast<std::uint16_t>(unit);
          for (int b = 0; b < Batch; ++b) h_next.value[h_next.count][b] = h[b];
          ++h_next.count;
        }
      }
    }
  }

  static std::int32_t activate(const LayerSettings& layer, const UnitParameters& unit, int gate,
                               std::int32_t acc_x, std::int32_t acc_h) {
    const std::int64_t scaled =
        std::int64_t{unit.scale_x[gate]} * acc_x + std::int64_t{unit.scale_h[gate]} * acc_h;
    const auto pre = static_cast<std::int32_t>(golden::saturate(
        golden::round_shift(scaled, layer.pre_shift) + unit.bias[gate], golden::kWordBits));
    constexpr int kCellGate = 2;
    return gate == kCellGate ? golden::tanh_q(pre * (1 << (golden::kTanhFrac - golden::kPreFrac)))
                             : golden::sigmoid_q(pre);
  }

  /// Updates a cell and gives h after the threshold.
  static std::int8_t next_state(const LayerSettings& layer, const UnitParameters& unit,
                                const std::int32_t gate[kGates], std::int16_t& c) {
    const std::int64_t forgotten =
        std::int64_t{gate[1]} * c * (1 << (golden::kGateFrac - layer.cell_frac));
    const std::int64_t added = std::int64_t{gate[0]} * gate[2];
    c = static_cast<std::int16_t>(golden::saturate(
        golden::round_shift(forgotten + added, 2 * golden::kGateFrac - layer.cell_frac),
        golden::kWordBits));
    std::int32_t argument = c * (1 << (golden::kTanhFrac - layer.cell_frac));
    if (CellNorm) {
      argument = static_cast<std::int32_t>(golden::saturate(
          golden::round_shift(std::int64_t{unit.norm_scale} * c, layer.norm_shift) +
              unit.norm_offset,
          golden::kWordBits));
    }
    const std::int64_t opened = std::int64_t{gate[3]} * golden::tanh_q(argument);
    const std::int64_t h =
        golden::saturate(golden::round_shift(opened, 2 * golden::kGateFrac - golden::kStateFrac),
                         golden::kStateBits);
    const std::int64_t magnitude = h < 0 ? -h : h;
    return magnitude < layer.threshold ? std::int8_t{0} : static_cast<std::int8_t>(h);
  }
};

}  // namespace lacuna::hls
