// SPDX-License-Identifier: Apache-2.0
#include "hls/lac_integral_dnn_image.h"

namespace lacuna::hls {

void lac_integral_dnn_image(const StreamSettings& network, const IntegralImage::Seeds& seeds,
                            const IntegralImage::Codes& codes, const std::int8_t x[784],
                            std::int32_t y[10]) {
#pragma HLS interface ap_memory port = x
#pragma HLS interface ap_memory port = y
  IntegralImage::run(network, seeds, codes, x, y);
}

}  // namespace lacuna::hls
