// SPDX-License-Identifier: Apache-2.0
// Boards that take a network in an AXI shell, with Vivado; what is written is shell_flow.h's.
#pragma once

#include "sim/fpga/flow.h"

namespace lacuna::sim {

class XilinxFlow final : public Flow {
 public:
  /// @throws Error for a speed of a UART, which these boards' networks have not.
  void check(const Board& board, const FpgaRequest& request) const override;

  PreparedNetwork prepare(const Board& board, const golden::Bundle& network,
                          const InputRequest& input, const FpgaRequest& request) const override;
};

}  // namespace lacuna::sim
