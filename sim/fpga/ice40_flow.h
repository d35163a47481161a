// SPDX-License-Identifier: Apache-2.0
// iCE40 boards: yosys, nextpnr-ice40 and icestorm.
#pragma once

#include "sim/fpga/flow.h"

namespace lacuna::sim {

void write_ice40(OutputFolder& folder, const Board& board, const FpgaDesign& design,
                 const FpgaRequest& request);
Bitstream build_ice40(const OutputFolder& folder, const Board& board);
std::uint64_t simulate_ice40(const OutputFolder& folder, const Board& board,
                             const FpgaRequest& request);

}  // namespace lacuna::sim
