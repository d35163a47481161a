// SPDX-License-Identifier: Apache-2.0
#include "hls/lac_bt_lstm_step.h"

namespace lacuna::hls {

void lac_bt_lstm_step(const LayerSettings& layer, const std::uint8_t* weights,
                      const UnitParameters parameters[1024], const TernaryStep::InputList& x,
                      const TernaryStep::StateList& h, const bool runs[8], std::int16_t c[1024][8],
                      TernaryStep::StateList& h_next) {
#pragma HLS interface m_axi port = weights bundle = weights
#pragma HLS interface ap_memory port = parameters
#pragma HLS interface ap_memory port = c
  TernaryStep::run(layer, weights, parameters, x, h, runs, c, h_next);
}

}  // namespace lacuna::hls
