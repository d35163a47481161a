// SPDX-License-Identifier: Apache-2.0
// generate_registers TABLE RTL HEADER PAGE: writes the three files that registers.toml says.
#include <cstdio>
#include <exception>

#include "golden/atomic_file.h"
#include "sim/shell/register_table.h"

int main(int count, char** arguments) {
  if (count != 5) {
    std::fputs("usage: generate_registers TABLE RTL HEADER PAGE\n", stderr);
    return 2;
  }
  try {
    using namespace lacuna;
    const sim::RegisterTable table = sim::read_register_table(arguments[1]);
    write_file(arguments[2], sim::register_rtl(table));
    write_file(arguments[3], sim::register_header(table));
    write_file(arguments[4], sim::register_page(table));
  } catch (const std::exception& error) {
    std::fprintf(stderr, "generate_registers: %s\n", error.what());
    return 2;
  }
  return 0;
}
