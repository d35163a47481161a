// SPDX-License-Identifier: Apache-2.0
#include "golden/lstm_engine.h"

#include <fmt/format.h>

#include <algorithm>

#include "golden/error.h"

namespace lacuna::golden {
namespace {

constexpr int kGates = 4;
constexpr int kTailBlocks = 3;  ///< so that one block's drain hides behind the next (docs/lstm.md)

int ceil_div(int value, int divisor) { return (value + divisor - 1) / divisor; }

std::uint32_t column_bytes(int words, const LstmEngine& engine) {
  const int bytes = ceil_div(words * engine.lanes * engine.weight_bits, 8);
  return static_cast<std::uint32_t>(ceil_div(bytes, kPortBytes) * kPortBytes);
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
  if (engine.depth < 1) throw Error(engine.top, "a block depth below 1", "take at least 1");
}

void check_layer(const LstmLayer& layer, const LstmEngine& engine) {
  if (layer.weight_format != "int8" || engine.weight_bits != 8) {
    throw Error(layer.name,
                fmt::format("{} weights on an engine of {}-bit weights", layer.weight_format,
                            engine.weight_bits),
                "choose an engine of the layer's format");
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
  std::vector<std::uint8_t> image(layout.bytes, 0);
  for (int block = 0; block < layout.blocks; ++block) {
    const int first_unit = block * layout.block_words * engine.slots();
    const int units = std::min(layout.words_of(block) * engine.slots(), layer.units - first_unit);
    for (int column = 0; column < layout.columns; ++column) {
      // Lane = 4 x slot + gate and words in order: a unit's four weights are neighbours.
      std::uint8_t* bytes = image.data() + layout.address(block, column);
      for (int unit = 0; unit < units; ++unit) {
        for (int gate = 0; gate < kGates; ++gate) {
          const int row = gate * layer.units + first_unit + unit;
          const std::int8_t weight = column < layer.inputs
                                         ? layer.weight_x(row, column)
                                         : layer.weight_h(row, column - layer.inputs);
          bytes[kGates * unit + gate] = static_cast<std::uint8_t>(weight);
        }
      }
    }
  }
  return image;
}

std::vector<std::uint16_t> unit_parameters(const LstmLayer& layer, int unit) {
  std::vector<std::uint16_t> parameters;
  for (int gate = 0; gate < kGates; ++gate) {
    const int row_number = gate * layer.units + unit;
    const auto row = static_cast<std::size_t>(row_number);
    for (const std::int16_t value : {layer.scale_x[row], layer.scale_h[row], layer.bias[row]}) {
      parameters.push_back(static_cast<std::uint16_t>(value));
    }
  }
  return parameters;
}

}  // namespace lacuna::golden
