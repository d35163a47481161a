// SPDX-License-Identifier: Apache-2.0
// The Verilog of lac_tanh_rom, written from the table of golden/activation.h.
#pragma once

#include <string>

namespace lacuna::golden {

/// The whole text of rtl/common/lac_tanh_rom.v.
std::string tanh_rom_verilog();

}  // namespace lacuna::golden
