// SPDX-License-Identifier: Apache-2.0
#include "golden/fc/fc.h"

#include <fmt/format.h>

#include <algorithm>

#include "golden/error.h"
#include "golden/fixed_point.h"
#include "golden/parallel.h"

namespace lacuna::golden {
namespace {

constexpr int kLowBits = 6;

std::int8_t low_part(int weight, bool split) {
  return static_cast<std::int8_t>(split ? weight & ((1 << kLowBits) - 1) : weight);
}
std::int8_t high_part(int weight) { return static_cast<std::int8_t>(weight >> kLowBits); }

}  // namespace

Fc::Fc(const FcLayer& layer) : layer_(&layer) {
  const auto connections = layer.connections();
  const int count = layer.mask ? layer.mask->groups : 1;
  const bool split = weight_bits(layer.weight_format) > 8;
  std::vector<std::size_t> first;  // of each output's weights
  std::size_t next = 0;
  for (const auto& inputs : connections) {
    first.push_back(next);
    next += inputs.size();
  }
  for (int g = 0; g < std::min(count, layer.outputs); ++g) {
    Group group;
    for (int output = g; output < layer.outputs; output += count) group.outputs.push_back(output);
    Columns low, high;
    low.batch = high.batch = static_cast<int>(group.outputs.size());
    low.index = high.index = connections[static_cast<std::size_t>(g)];
    for (std::size_t k = 0; k < low.index.size(); ++k) {
      for (const int output : group.outputs) {
        const int weight = layer.weights[first[static_cast<std::size_t>(output)] + k];
        low.values.push_back(low_part(weight, split));
        high.values.push_back(high_part(weight));
      }
    }
    group.low = GroupedColumns(low);
    if (split) group.high.emplace(high);
    groups_.push_back(std::move(group));
  }
}

void Fc::run_tile(const std::int8_t* x, int images, std::int16_t* y) const {
  constexpr int kRows = RowTiles::kTileRows;
  thread_local std::vector<std::int32_t> low, high;
  std::vector<int> order(static_cast<std::size_t>(images));
  for (int image = 0; image < images; ++image) order[static_cast<std::size_t>(image)] = image;
  const RowTiles tile(Eigen::Map<const Int8Matrix>(x, images, layer_->inputs), order);
  for (const Group& group : groups_) {
    low.resize(group.outputs.size() * kRows);
    tile.sum(0, group.low, low.data());
    if (group.high) {
      high.resize(low.size());
      tile.sum(0, *group.high, high.data());
      for (std::size_t at = 0; at < low.size(); ++at) {
        low[at] = static_cast<std::int32_t>(low[at] + std::int64_t{high[at]} * (1 << kLowBits));
      }
    }
    for (std::size_t n = 0; n < group.outputs.size(); ++n) {
      const auto output = static_cast<std::size_t>(group.outputs[n]);
      const std::int64_t scale = layer_->scale[output], bias = layer_->bias[output];
      for (int image = 0; image < images; ++image) {
        const std::int64_t sum = low[n * kRows + static_cast<std::size_t>(image)];
        std::int64_t value = saturate(round_shift(scale * sum + bias, layer_->shift), kWordBits);
        if (layer_->relu) value = std::clamp<std::int64_t>(value, 0, 127);
        y[static_cast<std::size_t>(image) * static_cast<std::size_t>(layer_->outputs) + output] =
            static_cast<std::int16_t>(value);
      }
    }
  }
}

std::vector<std::int16_t> Fc::run(const std::vector<std::int8_t>& x, int images) const {
  constexpr int kRows = RowTiles::kTileRows;
  const auto inputs = static_cast<std::size_t>(layer_->inputs);
  const auto outputs = static_cast<std::size_t>(layer_->outputs);
  if (x.size() != inputs * static_cast<std::size_t>(images)) {
    throw Error(layer_->name, fmt::format("{} values for {} images of {} inputs", x.size(), images,
                                          layer_->inputs));
  }
  std::vector<std::int16_t> y(outputs * static_cast<std::size_t>(images));
  in_parallel((images + kRows - 1) / kRows, [&](int tile) {
    const auto first = static_cast<std::size_t>(tile) * kRows;
    const int count = std::min(kRows, images - tile * kRows);
    run_tile(x.data() + first * inputs, count, y.data() + first * outputs);
  });
  return y;
}

}  // namespace lacuna::golden
