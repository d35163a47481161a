// SPDX-License-Identifier: Apache-2.0
// The shell's registers as rtl/shell/registers.toml says them, and what is made of them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace lacuna::sim {

enum class Access { kRead, kReadWrite, kSet, kClear };  ///< ro, rw, w1s, w1c

struct RegisterField {
  std::string name;  ///< empty: the whole register
  int low = 0, width = 32;
  std::string description;
};

struct Register {
  std::string name, description;
  std::uint32_t offset = 0;
  Access access = Access::kRead;
  std::optional<std::uint32_t> value;  ///< of a constant
  std::uint32_t reset = 0;             ///< rw only
  int count = 1;                       ///< words of an array
  std::string parameter;               ///< for how many words of an array exist; empty: all
  std::vector<RegisterField> fields;   ///< at least one

  bool array() const { return count > 1; }
  bool writable() const { return access != Access::kRead; }
  /// Name of the field's port or register in RTL, without suffix.
  std::string signal(const RegisterField& field) const {
    return field.name.empty() ? name : name + "_" + field.name;
  }
};

struct RegisterConstant {
  std::string name, description;
  std::uint32_t value = 0;
};

struct RegisterTable {
  std::vector<Register> registers;
  std::vector<RegisterConstant> constants;
  int address_bits = 12;
};

/// @throws Error naming the register when offsets or fields overlap, do not fit or an access is
/// unknown.
RegisterTable read_register_table(const std::filesystem::path& file);

const char* access_name(Access access);

std::string register_rtl(const RegisterTable& table);     ///< lac_shell_registers.v
std::string register_header(const RegisterTable& table);  ///< registers.h, for C and C++
std::string register_page(const RegisterTable& table);    ///< registers.md

}  // namespace lacuna::sim
