// SPDX-License-Identifier: Apache-2.0
// From RTL to a netlist of a library's cells, with Yosys and ABC (docs/silicon.md).
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "sim/silicon/netlist.h"

namespace lacuna::sim {

using Parameters = std::vector<std::pair<std::string, int>>;

struct SynthesisRequest {
  std::filesystem::path file_list;  ///< the top's .f file, relative to rtl/
  std::string top;
  Parameters parameters;
  bool keep_hierarchy = false;     ///< each module is mapped once, instead of all together
  std::size_t cells_up_to = 1024;  ///< bits; arrays beyond are SRAM
};

/// An array that became registers and gates.
struct RegisterArray {
  std::string module, name;
  std::size_t words = 0, width = 0;
};

struct Synthesis {
  Netlist netlist;
  std::vector<RegisterArray> registers;  ///< a module's once, whatever its instances
};

/// The Verilog files of a list, relative to rtl/ like the list. @throws Error when there is no such
/// list.
std::vector<std::string> rtl_files(const std::filesystem::path& file_list);

/// The lines of a Yosys script that read the top's files and set its parameters. @throws Error when
/// there is no such list.
std::string read_rtl(const SynthesisRequest& request);

/// Keeps references to the library's cells.
/// @throws Error with the tool's message when Yosys refuses the design or the library.
Synthesis synthesise(const SynthesisRequest& request, const Library& library);

}  // namespace lacuna::sim
