// SPDX-License-Identifier: Apache-2.0
// What a top takes of a Xilinx 7-series device by Yosys' synth_xilinx, module by module: an
// estimate without placement or timing (docs/fpga-xilinx.md).
#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "sim/fpga/board.h"
#include "sim/silicon/synthesis.h"

namespace lacuna::sim {

struct XilinxResources {
  std::int64_t luts = 0;  ///< LUTs of logic, of distributed RAM and of shift registers
  std::int64_t flip_flops = 0;
  std::int64_t half_brams = 0;  ///< RAMB18; a RAMB36 is two
  std::int64_t dsps = 0;

  XilinxResources& operator+=(const XilinxResources& other);
  XilinxResources operator*(std::int64_t times) const;
};

/// One kind of module, without the modules in it.
struct XilinxPart {
  std::string module;
  std::int64_t instances = 0;
  XilinxResources each;  ///< mean of the instances' own cells
};

struct XilinxEstimate {
  std::string top;
  Parameters parameters;  ///< of the top; none where a folder's own top has them
  XilinxResources total;
  std::vector<XilinxPart> parts;  ///< the largest first
};

/// Synthesises each module once, with the hierarchy kept, and adds up by instances; of the request
/// only file list, top and parameters count. A cell that is not a LUT, flip-flop, memory, DSP,
/// carry or multiplexer of slices is refused.
/// @throws Error with Yosys' own message.
XilinxEstimate estimate_xilinx(const SynthesisRequest& request);

/// The same for `system` of a folder that `lacuna fpga` wrote for a board with a shell: all that
/// goes onto the board but the vendor's parts, memories with their contents.
/// @throws Error naming what the folder lacks, or with Yosys' own message.
XilinxEstimate estimate_xilinx_folder(const std::filesystem::path& folder);

/// The sections of Yosys' `stat`: exposed for tests. @param top that nothing instantiates
/// @throws Error for a cell that the counting does not know.
XilinxEstimate count_xilinx(const std::string& stat, const std::string& top);

/// @param board whose device it is: its LUTs are 100 %. @throws Error for a board without LUTs.
nlohmann::ordered_json to_json(const XilinxEstimate& estimate, const Board& board);

}  // namespace lacuna::sim
