// SPDX-License-Identifier: Apache-2.0
// A netlist as structural Verilog, for tools that read it.
#pragma once

#include <filesystem>
#include <string>

#include "sim/silicon/netlist.h"

namespace lacuna::sim {

/// The name of a net in write_verilog's module.
std::string net_name(Net net);

/// The netlist without its memories: their data are inputs, their other pins outputs. So are the
/// two constants inputs: OpenSTA 2.0.17 crashes on constants at pins.
/// @throws Error when the file cannot be written.
void write_verilog(const std::filesystem::path& file, const Netlist& netlist);

}  // namespace lacuna::sim
