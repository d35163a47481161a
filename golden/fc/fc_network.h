// SPDX-License-Identifier: Apache-2.0
// A bundle of fully-connected layers as integers.
#pragma once

#include <cstdint>
#include <vector>

#include "golden/fc/fc.h"

namespace lacuna::golden {

class FcNetwork {
 public:
  /// Keeps references into `bundle`, which must be valid (golden/bundle.h, validate).
  /// @throws Error for a bundle with layers of another kind.
  explicit FcNetwork(const Bundle& bundle);

  /// The last layer's outputs for `images` images, spread over the processors.
  /// @param x index [image * inputs + input], in the first layer's input format
  /// @return index [image * outputs + output]
  std::vector<std::int16_t> run(const std::vector<std::int8_t>& x, int images) const;

  const std::vector<Fc>& layers() const { return layers_; }

 private:
  std::vector<Fc> layers_;
};

/// Share of images whose largest output (the first of equal ones) is their label's.
/// @param images index [image * inputs + input]
double accuracy(const FcNetwork& network, const std::vector<std::int8_t>& images,
                const std::vector<int>& labels);

}  // namespace lacuna::golden
