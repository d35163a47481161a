// SPDX-License-Identifier: Apache-2.0
// Folders for boards that take a network in an AXI shell: Vivado without a project, or a Zynq's
// block design (docs/fpga-xilinx.md).
#pragma once

#include "sim/fpga/board.h"
#include "sim/fpga/flow.h"
#include "sim/fpga/output_folder.h"
#include "sim/fpga/shell_design.h"

namespace lacuna::sim {

/// What board.json says of the room for a shell. @throws Error naming the file for a bad setting.
ShellRoom shell_room(const Board& board);

/// What the design takes of the board at least: its own figures, and what holds the network: block
/// RAM where the board has no other memory, else DDR3.
std::map<std::string, std::int64_t> shell_resources(const Board& board, const ShellDesign& design);

/// Everything: RTL, tops, memory images, scripts, driver with example, README.
/// @throws Error naming a file that cannot be read or written.
void write_shell(OutputFolder& folder, const Board& board, const ShellDesign& design,
                 const FpgaRequest& request);

}  // namespace lacuna::sim
