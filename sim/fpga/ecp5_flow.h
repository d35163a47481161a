// SPDX-License-Identifier: Apache-2.0
// Boards with an ECP5: Yosys, nextpnr-ecp5 and Project Trellis, none of which but Yosys need be
// here.
#pragma once

#include "sim/fpga/uart_flow.h"

namespace lacuna::sim {

class Ecp5Flow final : public UartFlow {
 private:
  void write_tools(OutputFolder& folder, const Board& board, TemplateValues& values) const override;
};

}  // namespace lacuna::sim
