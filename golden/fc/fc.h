// SPDX-License-Identifier: Apache-2.0
// Bit-exact fully-connected layer with a connection mask (docs/fc.md; P5, W_s = W o M).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "golden/bundle.h"
#include "golden/row_sums.h"

namespace lacuna::golden {

class Fc {
 public:
  /// Keeps a reference to the layer.
  explicit Fc(const FcLayer& layer);

  /// Outputs of `images` images, spread over the processors.
  /// @param x index [image * inputs + input], in the layer's input format
  /// @return index [image * outputs + output]; 0..127 where the layer has relu
  std::vector<std::int16_t> run(const std::vector<std::int8_t>& x, int images) const;

  const FcLayer& layer() const { return *layer_; }

 private:
  /// Outputs that share their connections. In the kernel's terms images are rows, connections are
  /// columns and outputs are streams, so that a missing connection costs nothing.
  struct Group {
    std::vector<int> outputs;
    GroupedColumns low;
    std::optional<GroupedColumns> high;  ///< of weights beyond 8 bits: w = 64 high + low
  };

  void run_tile(const std::int8_t* x, int images, std::int16_t* y) const;

  const FcLayer* layer_;
  std::vector<Group> groups_;
};

}  // namespace lacuna::golden
