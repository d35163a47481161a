// SPDX-License-Identifier: Apache-2.0
// A Verilog bench on Icarus Verilog: what every engine's bench needs to be compiled, fed and read.
#pragma once

#include <fmt/format.h>

#include <filesystem>
#include <string>
#include <vector>

#include "sim/common/beat.h"
#include "sim/common/temporary_folder.h"

namespace lacuna::sim {

/// One line of hexadecimal digits a beat, as $readmemh takes them. @throws Error when the file
/// cannot be written.
void write_hex(const std::filesystem::path& file, const std::vector<Beat>& beats, int bits);

/// What $fwrite("%h") wrote. @throws CheckFailed naming `where` for unknown bits.
Beat parse_hex(const std::string& digits, const std::string& where);

/// Compiles tb/<engine>/<bench>.v over a top of rtl/<engine> and runs it in a temporary folder,
/// where it reads and writes its files.
class IcarusBench {
 public:
  /// The bench finds the macro TOP defined as `top`, and a macro of that name.
  IcarusBench(const std::string& engine, const std::string& bench, const std::string& top);

  const std::filesystem::path& folder() const { return folder_.path(); }

  /// Defines a macro without a value.
  void define(const std::string& macro) { command_ += " -D" + macro; }
  /// Gives the bench a parameter.
  template <typename Value>
  void set(const std::string& parameter, Value value) {
    command_ += fmt::format(" -P{}.{}={}", bench_, parameter, value);
  }

  /// @throws Error when iverilog or vvp is missing or refuses.
  void compile() const;
  /// @param arguments plus arguments  @return seconds
  double run(const std::string& arguments) const;

 private:
  TemporaryFolder folder_;
  std::string bench_, command_, files_;
};

}  // namespace lacuna::sim
