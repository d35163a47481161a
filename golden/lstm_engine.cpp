// SPDX-License-Identifier: Apache-2.0
#include "golden/lstm_engine.h"

#include <fmt/format.h>

#include <algorithm>

#include "golden/error.h"
#include "golden/fixed_point.h"
#include "golden/weight_packing.h"

namespace lacuna::golden {
namespace {

constexpr int kGates = 4;
constexpr int kTailBlocks = 3;  ///< so that one block's drain hides behind the next (docs/lstm.md)

int ceil_div(int value, int divisor) { return (value + divisor - 1) / divisor; }

constexpr std::int16_t kNormOne = 1 << 14;  ///< scale of a cell that is not normalised

std::uint32_t column_bytes(int words, const LstmEngine& engine) {
  return static_cast<std::uint32_t>(ceil_div(words * engine.word_bytes(), engine.port_bytes()) *
                                    engine.port_bytes());
}

void check_engine(const LstmEngine& engine) {
  if (engine.lanes < kGates || engine.lanes % kGates != 0) {
    throw Error(engine.top, fmt::format("{} lanes", engine.lanes), "take a multiple of 4");
  }
  if (engine.ew_width < 1 || engine.batch < 1 || engine.batch % engine.ew_width != 0) {
    throw Error(engine.top,
                fmt::format("element-wise width {} with batch {}", engine.ew_width, engine.batch),
                "take a width that divides the batch");
  }
  if (engine.ew_gates != 1 && engine.ew_gates != kGates) {
    throw Error(engine.top, fmt::format("{} gates a cycle", engine.ew_gates), "take 4 or 1");
  }
  if (engine.depth < 1) throw Error(engine.top, "a block depth below 1", "take at least 1");
}

void check_layer(const LstmLayer& layer, const LstmEngine& engine) {
  if (!holds(weight_format_of_bits(engine.weight_bits), layer.weight_format)) {
    throw Error(layer.name,
                fmt::format("{} weights on an engine of {}-bit weights",
                            name_of(layer.weight_format), engine.weight_bits),
                "choose an engine whose format holds the layer's");
  }
  if (layer.cell_norm && !engine.cell_norm) {
    throw Error(layer.name, fmt::format("normalised cells, which {} has not", engine.top),
                "choose a configuration of lac_bt_lstm");
  }
  if (layer.units > engine.max_units) {
    throw Error(layer.name,
                fmt::format("{} units, {} has {}", layer.units, engine.top, engine.max_units),
                "choose an engine with a larger max_units");
  }
  if (layer.inputs > engine.max_inputs) {
    throw Error(layer.name,
                fmt::format("{} inputs, {} has {}", layer.inputs, engine.top, engine.max_inputs),
                "choose an engine with a larger max_inputs");
  }
  if (layer.accumulator_bits() > engine.acc_width) {
    throw Error(layer.name,
                fmt::format("row sums need {} bits, {} has {}", layer.accumulator_bits(),
                            engine.top, engine.acc_width),
                "choose an engine with a larger acc_width");
  }
}

}  // namespace

int LstmEngine::port_bytes() const {
  int bytes = 32;
  while (bytes < word_bytes()) bytes *= 2;
  return bytes;
}

std::uint32_t LstmLayout::address(int block, int column) const {
  const std::uint32_t step = block + 1 == blocks ? last_stride : stride;
  return static_cast<std::uint32_t>(block) * span + static_cast<std::uint32_t>(column) * step;
}

LstmLayout plan_layout(const LstmLayer& layer, const LstmEngine& engine) {
  check_engine(engine);
  check_layer(layer, engine);
  LstmLayout layout;
  layout.words = ceil_div(layer.units, engine.slots());
  const int wanted =
      std::max(std::min(kTailBlocks, layout.words), ceil_div(layout.words, engine.depth));
  layout.block_words = ceil_div(layout.words, wanted);
  layout.blocks = ceil_div(layout.words, layout.block_words);
  layout.last_words = layout.words - (layout.blocks - 1) * layout.block_words;
  layout.columns = layer.inputs + layer.units;
  layout.stride = column_bytes(layout.block_words, engine);
  layout.last_stride = column_bytes(layout.last_words, engine);
  const auto columns = static_cast<std::uint32_t>(layout.columns);
  layout.span = columns * layout.stride;
  layout.bytes =
      static_cast<std::uint32_t>(layout.blocks - 1) * layout.span + columns * layout.last_stride;
  return layout;
}

std::vector<std::uint8_t> weight_image(const LstmLayer& layer, const LstmEngine& engine,
                                       const LstmLayout& layout) {
  const WeightFormat format = weight_format_of_bits(engine.weight_bits);
  std::vector<std::uint8_t> image(layout.bytes, 0);
  for (int block = 0; block < layout.blocks; ++block) {
    const int first_unit = block * layout.block_words * engine.slots();
    const int units = std::min(layout.words_of(block) * engine.slots(), layer.units - first_unit);
    for (int column = 0; column < layout.columns; ++column) {
      std::uint8_t* bytes = image.data() + layout.address(block, column);
      for (int unit = 0; unit < units; ++unit) {
        for (int gate = 0; gate < kGates; ++gate) {
          const int row = gate * layer.units + first_unit + unit;
          const int weight = column < layer.inputs ? layer.weight_x(row, column)
                                                   : layer.weight_h(row, column - layer.inputs);
          // Lane = 4 x slot + gate: a unit's four weights are neighbours.
          const int lane = kGates * (unit % engine.slots()) + gate;
          put_bits(bytes + unit / engine.slots() * engine.word_bytes(), lane * engine.weight_bits,
                   encode_weight(format, weight));
        }
      }
    }
  }
  return image;
}

std::vector<std::uint16_t> unit_parameters(const LstmLayer& layer, const LstmEngine& engine,
                                           int unit) {
  std::vector<std::uint16_t> parameters;
  const auto add = [&](std::int16_t value) {
    parameters.push_back(static_cast<std::uint16_t>(value));
  };
  for (int gate = 0; gate < kGates; ++gate) {
    const auto row = static_cast<std::size_t>(gate * layer.units + unit);
    add(layer.scale_x[row]);
    add(layer.scale_h[row]);
    add(layer.bias[row]);
  }
  if (engine.cell_norm) {
    const auto at = static_cast<std::size_t>(unit);
    add(layer.cell_norm ? layer.cell_norm->scale[at] : kNormOne);
    add(layer.cell_norm ? layer.cell_norm->offset[at] : std::int16_t{0});
  }
  return parameters;
}

int norm_shift(const LstmLayer& layer) {
  if (layer.cell_norm) return layer.cell_norm->shift;
  return 14 - (kTanhFrac - layer.cell_frac);  // kNormOne becomes 2^(kTanhFrac - cell_frac)
}

}  // namespace lacuna::golden
