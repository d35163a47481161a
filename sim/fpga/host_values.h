// SPDX-License-Identifier: Apache-2.0
// What the templates of boards that a host reaches over a UART may name: the design, its identity,
// the speed of the UART.
#pragma once

#include "sim/fpga/board.h"
#include "sim/fpga/design.h"
#include "sim/fpga/flow.h"
#include "sim/fpga/template_text.h"

namespace lacuna::sim {

/// Bits a second: what was asked for, else 115200.
int uart_baud(const FpgaRequest& request);

/// Clocks of the board a bit. @throws Error for a speed that the host program does not open or the
/// board's clock does not give.
int uart_divisor(const Board& board, int baud);

/// @throws Error as uart_divisor().
TemplateValues host_values(const Board& board, const FpgaDesign& design,
                           const FpgaRequest& request);

}  // namespace lacuna::sim
