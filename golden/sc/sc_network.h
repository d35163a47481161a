// SPDX-License-Identifier: Apache-2.0
// The integral stochastic network, stream by stream and bit by bit (P6; arithmetic in docs/sc.md).
#pragma once

#include <cstdint>
#include <vector>

#include "golden/bundle.h"
#include "golden/sc/sc_faults.h"
#include "golden/sc/weight_streams.h"

namespace lacuna::golden {

/// Every bit that one image sends from layer to layer.
struct ScTrace {
  std::vector<std::uint8_t> input;                 ///< index [cycle * inputs + input], 0 or 1
  std::vector<std::vector<std::uint8_t>> streams;  ///< [layer but the last], the same
  std::vector<std::int32_t> sums;                  ///< [outputs] of the last layer
};

class ScNetwork {
 public:
  /// Keeps references into `bundle`, which must be valid (golden/bundle.h, validate).
  /// @param seed        of the registers
  /// @param layer_delay of the engine whose answers are wanted (ScEngine::layer_delay)
  /// @throws Error for a bundle with layers of another kind.
  ScNetwork(const Bundle& bundle, std::uint64_t seed, int layer_delay = kScLayerDelay);

  const std::vector<const ScLayer*>& layers() const { return layers_; }
  const WeightStreams& weights(std::size_t layer) const { return weights_[layer]; }

  /// Sums of the last layer over all cycles.
  /// @param x 0..127, index [image * inputs + input]
  /// @param faults one an image, or none
  /// @return index [image * outputs + output]
  /// @throws Error for a negative x.
  std::vector<std::int32_t> run(const std::vector<std::int8_t>& x, int images,
                                const std::vector<ScImageFaults>& faults = {}) const;

  /// One image with all its streams. @param x [inputs]
  ScTrace trace(const std::vector<std::int8_t>& x,
                const std::vector<ScImageFaults>& faults = {}) const;

 private:
  class Block;

  std::vector<const ScLayer*> layers_;
  Registers registers_;
  std::vector<WeightStreams> weights_;
};

}  // namespace lacuna::golden
