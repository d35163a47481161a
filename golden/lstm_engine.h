// SPDX-License-Identifier: Apache-2.0
// The recurrent engine's parameters, and how a layer lies in its weight memory (docs/lstm.md,
// "Weights in memory").
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "golden/bundle.h"

namespace lacuna::golden {

/// Parameters of rtl/lstm; the names are those of the RTL in snake_case.
struct LstmEngine {
  std::string top = "lac_sparse_lstm";
  int lanes = 24;    ///< weights a cycle, a multiple of 4
  int batch = 8;     ///< streams that share a weight
  int depth = 16;    ///< words of a block
  int ew_width = 2;  ///< streams the element-wise unit takes a cycle; divides batch
  int max_units = 1024;
  int max_inputs = 1024;
  int weight_bits = 8;  ///< 12, 8, 2 (ternary) or 1 (binary): golden/weight_format.h
  int acc_width = 24;
  int fifo_depth = 16;  ///< columns fetched ahead
  bool skip_zeros = true;
  bool cell_norm = false;  ///< cells are scaled and shifted before their tanh (P4)
  int ew_gates = 4;        ///< gates the element-wise unit takes a cycle, 4 or 1

  int slots() const { return lanes / 4; }  ///< units in a word
  int groups() const { return batch / ew_width; }
  int turns() const { return 4 / ew_gates; }  ///< cycles of a visit
  int processing_elements() const { return lanes * batch; }
  int word_bytes() const { return (lanes * weight_bits + 7) / 8; }  ///< of weights
  /// Width of the memory port: 32 bytes, or the power of two that holds a word. Columns begin at
  /// multiples of it.
  int port_bytes() const;
};

/// Where a layer's weights lie for an engine.
struct LstmLayout {
  int words = 0;        ///< words of one column of the whole layer
  int block_words = 0;  ///< of a full block
  int blocks = 0;
  int last_words = 0;                         ///< of the last block
  int columns = 0;                            ///< inputs + units
  std::uint32_t stride = 0, last_stride = 0;  ///< bytes from column to column
  std::uint32_t span = 0;                     ///< bytes of a full block
  std::uint32_t bytes = 0;                    ///< all blocks

  int words_of(int block) const { return block + 1 == blocks ? last_words : block_words; }
  std::uint32_t address(int block, int column) const;  ///< relative to the base
};

/// @throws Error when the layer is larger than the engine or its sums need more bits.
LstmLayout plan_layout(const LstmLayer& layer, const LstmEngine& engine);

/// The bytes of the weight memory, `layout.bytes` long.
std::vector<std::uint8_t> weight_image(const LstmLayer& layer, const LstmEngine& engine,
                                       const LstmLayout& layout);

/// The word that the RTL's parameter memory holds for a unit: per gate i, f, g, o {a_x, a_h, bias},
/// low to high, 12 x 16 bit; with cell_norm then the cell's {scale, offset}.
std::vector<std::uint16_t> unit_parameters(const LstmLayer& layer, const LstmEngine& engine,
                                           int unit);

/// cfg_norm_shift of a layer on an engine with cell_norm; a layer without normalisation is scaled
/// by 1.
int norm_shift(const LstmLayer& layer);

}  // namespace lacuna::golden
