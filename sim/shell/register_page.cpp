// SPDX-License-Identifier: Apache-2.0
// The registers for readers.
#include <fmt/format.h>

#include "sim/shell/register_table.h"

namespace lacuna::sim {
namespace {

std::string bits(const RegisterField& field) {
  const int high = field.low + field.width - 1;
  return field.width == 1 ? std::to_string(field.low) : fmt::format("{}:{}", high, field.low);
}

}  // namespace

std::string register_page(const RegisterTable& table) {
  std::string text = R"(# Registers of the shell

Generated from [rtl/shell/registers.toml](../rtl/shell/registers.toml); [shell](shell.md) says how they are used. Offsets are bytes, registers have 32 bits. ro: read; rw: read and written;
w1s: writing 1 asks for something, reads as 0; w1c: writing 1 clears. Any other offset, and a write to ro, answers SLVERR.

| offset | register | access | reset | bits | what |
|---|---|---|---|---|---|
)";
  for (const Register& of : table.registers) {
    const std::string offset =
        of.array() ? fmt::format("0x{:03X}..0x{:03X}", of.offset, of.offset + 4 * (of.count - 1))
                   : fmt::format("0x{:03X}", of.offset);
    const std::string reset = of.value ? fmt::format("0x{:08X}", *of.value)
                              : of.access == Access::kRead || of.access == Access::kSet
                                  ? ""
                                  : std::to_string(of.reset);
    text += fmt::format("| {} | `{}`{} | {} | {} | | {} |\n", offset, of.name,
                        of.array() ? fmt::format("[{}]", of.count) : "", access_name(of.access),
                        reset, of.description);
    for (const RegisterField& field : of.fields) {
      if (field.name.empty()) continue;
      text += fmt::format("| | {} | | | {} | {} |\n", field.name, bits(field), field.description);
    }
  }
  return text;
}

}  // namespace lacuna::sim
