// SPDX-License-Identifier: Apache-2.0
// The registers for C and C++.
#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "sim/shell/register_table.h"

namespace lacuna::sim {
namespace {

std::string upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char letter) { return static_cast<char>(std::toupper(letter)); });
  return text;
}

void add_comment(std::string& text, const std::string& comment) {
  if (!comment.empty()) text += fmt::format("\n/* {} */\n", comment);
}

}  // namespace

std::string register_header(const RegisterTable& table) {
  std::string text = R"(/* SPDX-License-Identifier: Apache-2.0 */
/* Generated from rtl/shell/registers.toml by generate_registers; `ninja registers` writes it anew. */
/* The shell's registers, for C and C++: byte offsets, and masks and shifts of fields. */
/* clang-format off */
#ifndef LACUNA_SIM_SHELL_REGISTERS_H
#define LACUNA_SIM_SHELL_REGISTERS_H
)";
  for (const Register& of : table.registers) {
    const std::string name = "LAC_SHELL_" + upper(of.name);
    add_comment(text, of.description);
    if (of.array()) {
      text += fmt::format("#define {}(n) ({:#05x}u + 4u * (n))\n#define {}_COUNT {}u\n", name,
                          of.offset, name, of.count);
    } else {
      text += fmt::format("#define {} {:#05x}u\n", name, of.offset);
    }
    if (of.value) text += fmt::format("#define {}_VALUE {:#010x}u\n", name, *of.value);
    for (const RegisterField& field : of.fields) {
      if (field.name.empty()) continue;
      const std::uint32_t mask = ((std::uint32_t{1} << field.width) - 1) << field.low;
      text += fmt::format("#define {0}_{1} {2:#x}u\n#define {0}_{1}_SHIFT {3}\n", name,
                          upper(field.name), mask, field.low);
    }
  }
  for (const RegisterConstant& constant : table.constants) {
    add_comment(text, constant.description);
    text += fmt::format("#define LAC_SHELL_{} {}u\n", upper(constant.name), constant.value);
  }
  return text + "\n#endif\n";
}

}  // namespace lacuna::sim
