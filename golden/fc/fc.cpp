// SPDX-License-Identifier: Apache-2.0
#include "golden/fc/fc.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "golden/error.h"
#include "golden/fixed_point.h"
#include "golden/lanes.h"
#include "golden/parallel.h"

namespace lacuna::golden {
namespace {

constexpr int kLowBits = 6;
constexpr int kImages = ImageBlock::kImages;
constexpr int kGroup = ImageBlock::kGroup;

/// kLongLanes images of four consecutive outputs.
using OutputGroup = std::array<LongLanes, kGroup>;

}  // namespace

Fc::Fc(const FcLayer& layer)
    : layer_(&layer),
      split_(weight_bits(layer.weight_format) > 8),
      row_of_(static_cast<std::size_t>(layer.outputs)) {
  const auto connections = layer.connections();
  std::vector<std::size_t> first;  // of each output's weights
  std::size_t next = 0;
  for (const auto& inputs : connections) {
    first.push_back(next);
    next += inputs.size();
  }
  const int groups = layer.mask ? layer.mask->groups : 1, parts = split_ ? 2 : 1;
  Int8Matrix weight = Int8Matrix::Zero(layer.outputs * parts, layer.inputs);
  std::ptrdiff_t row = 0;
  // Outputs of one group follow each other: they have the same connections.
  for (int group = 0; group < std::min(groups, layer.outputs); ++group) {
    for (int n = group; n < layer.outputs; n += groups, row += parts) {
      const auto output = static_cast<std::size_t>(n);
      row_of_[output] = static_cast<std::size_t>(row);
      for (std::size_t k = 0; k < connections[output].size(); ++k) {
        const int value = layer.weights[first[output] + k], input = connections[output][k];
        if (split_) {
          weight(row, input) = static_cast<std::int8_t>(value & ((1 << kLowBits) - 1));
          weight(row + 1, input) = static_cast<std::int8_t>(value >> kLowBits);
        } else {
          weight(row, input) = static_cast<std::int8_t>(value);
        }
      }
    }
  }
  rows_ = SparseRows(weight);
}

/// Calls take(first output, first image, OutputGroup) for all outputs of the block.
template <typename Take>
void Fc::for_each_group(const ImageBlock& x, const Take& take) const {
  thread_local std::vector<std::int32_t> sums;
  sums.resize(rows_.rows() * kImages);
  rows_.sum(x, sums.data());
  const int shift = layer_->shift;
  const bool split = split_;
  const int low = layer_->relu ? 0 : -(1 << (kWordBits - 1));
  const int high = layer_->relu ? 127 : (1 << (kWordBits - 1)) - 1;
  const std::int64_t half = (std::int64_t{1} << shift) >> 1;
  for (int output = 0; output < layer_->outputs; output += kGroup) {
    const std::int32_t* sum[kGroup];
    std::int64_t scale[kGroup], bias[kGroup];
    for (int k = 0; k < kGroup; ++k) {
      const auto n = static_cast<std::size_t>(std::min(output + k, layer_->outputs - 1));
      sum[k] = sums.data() + row_of_[n] * kImages;
      scale[k] = layer_->scale[n];
      bias[k] = layer_->bias[n] + half;
    }
    for (int image = 0; image < x.images; image += kLongLanes) {
      OutputGroup y;
#pragma GCC unroll 4
      for (int k = 0; k < kGroup; ++k) {
        LongLanes acc = load_long_lanes(sum[k] + image);
        if (split) acc += load_long_lanes(sum[k] + kImages + image) * (1 << kLowBits);
        y[static_cast<std::size_t>(k)] =
            clamp_lanes<LongLanes>((acc * scale[k] + bias[k]) >> shift, low, high);
      }
      take(output, image, y);
    }
  }
}

void Fc::run_block(const ImageBlock& x, std::int16_t* y) const {
  for_each_group(x, [&](int output, int image, const OutputGroup& group) {
    const int images = std::min(kLongLanes, x.images - image);
    const int outputs = std::min(kGroup, layer_->outputs - output);
    for (int lane = 0; lane < images; ++lane) {
      std::int16_t* const to =
          y + static_cast<std::ptrdiff_t>(image + lane) * layer_->outputs + output;
      for (int k = 0; k < outputs; ++k)
        to[k] = static_cast<std::int16_t>(group[static_cast<std::size_t>(k)][lane]);
    }
  });
}

void Fc::run_block(const ImageBlock& x, ImageBlock& y) const {
  y.images = x.images;
  y.groups.resize(ImageBlock::groups_of(layer_->outputs));
  for_each_group(x, [&](int output, int image, const OutputGroup& group) {
    const LongLanes words = group[0] | group[1] << 8 | group[2] << 16 | group[3] << 24;
    using Words = std::uint32_t __attribute__((vector_size(kLongLanes * 4)));
    const Words offset = __builtin_convertvector(words, Words) ^ ImageBlock::kOffset;
    std::memcpy(y.groups[static_cast<std::size_t>(output / kGroup)].word + image, &offset,
                sizeof offset);
  });
}

std::vector<std::int16_t> Fc::run(const std::vector<std::int8_t>& x, int images) const {
  return run_chain(this, this + 1, x, images);
}

std::vector<std::int16_t> run_chain(const Fc* first, const Fc* last,
                                    const std::vector<std::int8_t>& x, int images) {
  const FcLayer& front = first->layer();
  const auto inputs = static_cast<std::size_t>(front.inputs);
  const auto outputs = static_cast<std::size_t>((last - 1)->layer().outputs);
  if (x.size() != inputs * static_cast<std::size_t>(images)) {
    throw Error(front.name, fmt::format("{} values for {} images of {} inputs", x.size(), images,
                                        front.inputs));
  }
  std::vector<std::int16_t> y(outputs * static_cast<std::size_t>(images));
  in_parallel((images + kImages - 1) / kImages, [&](int block) {
    const auto image = static_cast<std::size_t>(block) * kImages;
    thread_local ImageBlock from, to;
    from.load(x.data() + image * inputs, std::min(kImages, images - block * kImages), front.inputs);
    for (const Fc* layer = first; layer != last - 1; ++layer) {
      layer->run_block(from, to);
      std::swap(from, to);
    }
    (last - 1)->run_block(from, y.data() + image * outputs);
  });
  return y;
}

}  // namespace lacuna::golden
