// SPDX-License-Identifier: Apache-2.0
// Boards with an ECP5: Yosys, nextpnr-ecp5 and Project Trellis, none of which but Yosys need be
// here.
#pragma once

#include "sim/fpga/flow.h"

namespace lacuna::sim {

/// Top, constraints, scripts, README.
void write_ecp5(OutputFolder& folder, const Board& board, const FpgaDesign& design,
                const FpgaRequest& request);

}  // namespace lacuna::sim
