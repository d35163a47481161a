// SPDX-License-Identifier: Apache-2.0
// Top function for high-level synthesis: a sparsely-connected layer of 1024 inputs and 512 int8
// neurons with a mask each (paper P5).
#pragma once

#include "hls/layer_image.h"

namespace lacuna::hls {

/// Taps 10 and 7, as rtl/fc/lac_lfsr.v has them for 10 bits.
using LfsrImage = LayerImage<1024, 512, 512, 1024, 8, 10, 0x240>;

/// One image; arguments as in LayerImage::run.
void lac_lfsr_layer_image(const ImageSettings& layer, const std::uint32_t seeds[512],
                          const LfsrImage::GroupWeights weights[512],
                          const OutputParameters parameters[512], const std::int8_t x[1024],
                          std::int16_t y[512]);

}  // namespace lacuna::hls
