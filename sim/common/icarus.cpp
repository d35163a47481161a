// SPDX-License-Identifier: Apache-2.0
#include "sim/common/icarus.h"

#include <chrono>
#include <fstream>

#include "golden/error.h"
#include "sim/common/tool.h"

namespace lacuna::sim {

namespace fs = std::filesystem;

void write_hex(const fs::path& file, const std::vector<Beat>& beats, int bits) {
  std::ofstream out(file);
  for (const Beat& beat : beats) {
    std::string digits;
    for (int digit = (bits + 3) / 4 - 1; digit >= 0; --digit) {
      digits +=
          "0123456789abcdef"[(beat[static_cast<std::size_t>(digit / 8)] >> (digit % 8 * 4)) & 15];
    }
    out << digits << '\n';
  }
  if (!out.flush())
    throw Error(file.string(), "cannot be written", "set TMPDIR to a folder with space");
}

Beat parse_hex(const std::string& digits, const std::string& where) {
  if (digits.find_first_not_of("0123456789abcdefABCDEF") != std::string::npos)
    throw CheckFailed(fmt::format("{} has unknown bits on Icarus: {}", where, digits));
  Beat beat{};
  for (std::size_t at = 0; at < digits.size(); ++at) {
    const std::size_t digit = digits.size() - 1 - at;
    const auto value = static_cast<std::uint32_t>(std::stoul(digits.substr(digit, 1), nullptr, 16));
    beat[at / 8] |= value << (at % 8 * 4);
  }
  return beat;
}

IcarusBench::IcarusBench(const std::string& engine, const std::string& bench,
                         const std::string& top)
    : bench_(bench),
      command_(fmt::format("iverilog -g2005 -s {0} -o bench.vvp -DTOP={1} -D{1}", bench, top)) {
  const fs::path source = LACUNA_SOURCE_DIR;
  std::ifstream list(source / "rtl" / engine / (top + ".f"));
  for (std::string line; std::getline(list, line);) {
    if (!line.empty() && line[0] != '#')
      files_ += fmt::format(" '{}'", (source / "rtl" / line).string());
  }
  files_ += fmt::format(" '{}'", (source / "tb" / engine / (bench + ".v")).string());
}

void IcarusBench::compile() const {
  run_tool({"iverilog", "iverilog", ""}, folder(), command_ + files_);
}

double IcarusBench::run(const std::string& arguments) const {
  const auto begun = std::chrono::steady_clock::now();
  run_tool({"vvp", "iverilog", ""}, folder(), "vvp -n bench.vvp " + arguments);
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
}

}  // namespace lacuna::sim
