// SPDX-License-Identifier: Apache-2.0
// Boards that a host reaches over a UART: what is the same for all of them, whatever their tools
// (docs/fpga.md).
#pragma once

#include "sim/fpga/design.h"
#include "sim/fpga/flow.h"
#include "sim/fpga/template_text.h"

namespace lacuna::sim {

class UartFlow : public Flow {
 public:
  /// @throws Error for a speed of the UART that the host program or the board's clock does not
  /// have.
  void check(const Board& board, const FpgaRequest& request) const override;

  PreparedNetwork prepare(const Board& board, const golden::Bundle& network,
                          const InputRequest& input, const FpgaRequest& request) const override;
  /// The same for a design that is already there.
  PreparedNetwork prepare_design(const Board& board, const FpgaDesign& design,
                                 const FpgaRequest& request) const;

 private:
  /// What the flow's tools take: top, build script, constraints. @param values for its templates;
  /// the flow adds BUILD, the README's commands  @throws Error for a file that cannot be copied.
  virtual void write_tools(OutputFolder& folder, const Board& board,
                           TemplateValues& values) const = 0;
};

}  // namespace lacuna::sim
