// SPDX-License-Identifier: Apache-2.0
// What the templates of boards that a host reaches over a UART may name: the design, its identity,
// the speed of the UART.
#pragma once

#include "sim/fpga/board.h"
#include "sim/fpga/design.h"
#include "sim/fpga/flow.h"
#include "sim/fpga/template_text.h"

namespace lacuna::sim {

/// @throws Error for a speed of the UART that the board's clock does not give.
TemplateValues host_values(const Board& board, const FpgaDesign& design,
                           const FpgaRequest& request);

}  // namespace lacuna::sim
