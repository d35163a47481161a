// SPDX-License-Identifier: Apache-2.0
// Top function for high-level synthesis: the ternary core with normalised cells, 96 lanes x batch 8
// (paper P4).
#pragma once

#include "hls/lstm_step.h"

namespace lacuna::hls {

using TernaryStep = LstmStep<1024, 1024, 8, 96, 16, 2, true>;

/// One step of a layer; arguments as in LstmStep::run.
void lac_bt_lstm_step(const LayerSettings& layer, const std::uint8_t* weights,
                      const UnitParameters parameters[1024], const TernaryStep::InputList& x,
                      const TernaryStep::StateList& h, const bool runs[8], std::int16_t c[1024][8],
                      TernaryStep::StateList& h_next);

}  // namespace lacuna::hls
