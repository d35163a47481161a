// SPDX-License-Identifier: Apache-2.0
// What differs between vendors' tools: how a folder is written and built for a board.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "sim/fpga/board.h"
#include "sim/fpga/design.h"
#include "sim/fpga/output_folder.h"

namespace lacuna::sim {

struct FpgaRequest {
  std::string bundle;    ///< name of its file
  std::string sha256;    ///< of the bundle
  std::string revision;  ///< of lacuna
  int baud = 115200;     ///< of the UART
};

/// A bitstream as its tools report it.
struct Bitstream {
  std::map<std::string, std::int64_t> used;       ///< by the board's names of resources
  double fmax_hertz = 0;
  std::string file;                               ///< in the folder
};

/// Everything that is the same for all flows: rtl/, mem/, host/, vectors; docs/fpga.md lists it.
void write_common(OutputFolder& folder, const Board& board, const FpgaDesign& design,
                  const FpgaRequest& request);

/// Writes what the board's flow adds: top, constraints, scripts, README. @throws Error for an unknown flow.
void write_flow(OutputFolder& folder, const Board& board, const FpgaDesign& design,
                const FpgaRequest& request);

/// Runs the folder's own build script. @throws Error for a flow that has none here, a missing tool, a design
/// that does not fit or misses the board's clock.
Bitstream build_bitstream(const OutputFolder& folder, const Board& board);

/// Simulates the routed netlist of the built folder and compares the vectors through the host's protocol.
/// @return clocks simulated  @throws CheckFailed naming the first difference.
std::uint64_t simulate_bitstream(const OutputFolder& folder, const Board& board,
                                 const FpgaRequest& request);

}  // namespace lacuna::sim
