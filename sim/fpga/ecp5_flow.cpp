// SPDX-License-Identifier: Apache-2.0
#include "sim/fpga/ecp5_flow.h"

#include <filesystem>

namespace lacuna::sim {

void Ecp5Flow::write_tools(OutputFolder& folder, const Board& board, TemplateValues& values) const {
  const auto templates =
      std::filesystem::path(LACUNA_SOURCE_DIR) / "sim" / "fpga" / "flows" / "ecp5";
  folder.add("rtl/top.v", fill_file(templates / "top.v", values));
  folder.add_program("build.sh", fill_file(templates / "build.sh", values));
  for (const auto& file : board_files(board)) folder.add_copy(file.filename(), file);
  values["BUILD"] = fill_file(templates / "build.md", values);
}

}  // namespace lacuna::sim
