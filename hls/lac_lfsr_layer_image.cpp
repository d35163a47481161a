// SPDX-License-Identifier: Apache-2.0
#include "hls/lac_lfsr_layer_image.h"

namespace lacuna::hls {

void lac_lfsr_layer_image(const ImageSettings& layer, const std::uint32_t seeds[512],
                          const LfsrImage::GroupWeights weights[512],
                          const OutputParameters parameters[512], const std::int8_t x[1024],
                          std::int16_t y[512]) {
#pragma HLS interface ap_memory port = weights
#pragma HLS interface ap_memory port = parameters
#pragma HLS interface ap_memory port = x
#pragma HLS interface ap_memory port = y
  LfsrImage::run(layer, seeds, weights, parameters, x, y);
}

}  // namespace lacuna::hls
