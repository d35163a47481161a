// SPDX-License-Identifier: Apache-2.0
// Top function for high-level synthesis: the integral stochastic network 784-100-200-10, four
// streams a weight (paper P6).
#pragma once

#include "hls/stream_image.h"

namespace lacuna::hls {

using IntegralImage = StreamImage<784, 100, 200, 10, 4>;

/// One image; arguments as in StreamImage::run.
void lac_integral_dnn_image(const StreamSettings& network, const IntegralImage::Seeds& seeds,
                            const IntegralImage::Codes& codes, const std::int8_t x[784],
                            std::int32_t y[10]);

}  // namespace lacuna::hls
