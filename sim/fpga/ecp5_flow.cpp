// SPDX-License-Identifier: Apache-2.0
#include "sim/fpga/ecp5_flow.h"

#include <filesystem>

#include "sim/fpga/host_values.h"

namespace lacuna::sim {

void write_ecp5(OutputFolder& folder, const Board& board, const FpgaDesign& design,
                const FpgaRequest& request) {
  const auto templates =
      std::filesystem::path(LACUNA_SOURCE_DIR) / "sim" / "fpga" / "flows" / "ecp5";
  const TemplateValues values = host_values(board, design, request);
  folder.add("rtl/top.v", fill_file(templates / "top.v", values));
  folder.add_program("build.sh", fill_file(templates / "build.sh", values));
  folder.add_program("simulate.sh", fill_file(templates / "simulate.sh", values));
  folder.add("README.md", fill_file(templates / "README.md", values));
  const std::string& pins = board.settings.at("LPF");
  folder.add_copy(pins, board.folder / pins);
}

}  // namespace lacuna::sim
