// SPDX-License-Identifier: Apache-2.0
// Top function for high-level synthesis: the reference engine, 24 int8 lanes x batch 8 (paper P3).
#pragma once

#include "hls/lstm_step.h"

namespace lacuna::hls {

using ReferenceStep = LstmStep<1024, 1024, 8, 24, 16>;

/// One step of a layer; arguments as in LstmStep::run.
void lac_sparse_lstm_step(const LayerSettings& layer, const std::uint8_t* weights,
                          const UnitParameters parameters[1024], const ReferenceStep::InputList& x,
                          const ReferenceStep::StateList& h, const bool runs[8],
                          std::int16_t c[1024][8], ReferenceStep::StateList& h_next);

}  // namespace lacuna::hls
