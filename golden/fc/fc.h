// SPDX-License-Identifier: Apache-2.0
// Bit-exact fully-connected layer with a connection mask (docs/fc.md; P5, W_s = W o M).
#pragma once

#include <cstdint>
#include <vector>

#include "golden/bundle.h"
#include "golden/fc/image_block.h"
#include "golden/fc/sparse_rows.h"

namespace lacuna::golden {

class Fc {
 public:
  /// Keeps a reference to the layer.
  explicit Fc(const FcLayer& layer);

  /// Outputs of `images` images, spread over the processors.
  /// @param x index [image * inputs + input], in the layer's input format
  /// @return index [image * outputs + output]; 0..127 where the layer has relu
  std::vector<std::int16_t> run(const std::vector<std::int8_t>& x, int images) const;

  /// The same for a block of images, on this processor.
  void run_block(const ImageBlock& x, std::int16_t* y) const;
  /// The same as the next layer's x, of a layer with relu.
  void run_block(const ImageBlock& x, ImageBlock& y) const;

  const FcLayer& layer() const { return *layer_; }

 private:
  template <typename Take>
  void for_each_group(const ImageBlock& x, const Take& take) const;

  const FcLayer* layer_;
  bool split_;  ///< weights beyond 8 bits are two rows, w = 64 high + low
  SparseRows rows_;
  std::vector<std::size_t> row_of_;  ///< each output's (first) row
};

/// Outputs of the layer before `last` for `images` images, spread over the processors; each layer
/// takes the outputs of the one before, which has relu.
/// @param x index [image * inputs + input], in the first layer's input format
/// @return index [image * outputs + output]
std::vector<std::int16_t> run_chain(const Fc* first, const Fc* last,
                                    const std::vector<std::int8_t>& x, int images);

}  // namespace lacuna::golden
