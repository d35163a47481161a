// SPDX-License-Identifier: Apache-2.0
// iCE40 boards: yosys, nextpnr-ice40 and icestorm, to a bitstream here.
#pragma once

#include "sim/fpga/uart_flow.h"

namespace lacuna::sim {

class Ice40Flow final : public UartFlow, public Builder {
 public:
  const Builder* builder() const override { return this; }
  Bitstream build(OutputFolder& folder, const Board& board) const override;
  std::uint64_t simulate(OutputFolder& folder, const Board& board) const override;

 private:
  void write_tools(OutputFolder& folder, const Board& board, TemplateValues& values) const override;
};

}  // namespace lacuna::sim
