// SPDX-License-Identifier: Apache-2.0
// Prints rtl/common/lac_tanh_rom.v: generate_tanh_rom > rtl/common/lac_tanh_rom.v
#include <cstdio>

#include "golden/tanh_rom.h"

int main() {
  std::fputs(lacuna::golden::tanh_rom_verilog().c_str(), stdout);
  return 0;
}
