// SPDX-License-Identifier: Apache-2.0
#include "sim/fpga/host_values.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <iterator>

#include "golden/error.h"
#include "sim/fpga/host/lacuna_speeds.h"

namespace lacuna::sim {
namespace {

namespace fs = std::filesystem;

#define LACUNA_SPEED(baud) baud,
constexpr int kSpeeds[] = {LACUNA_SERIAL_SPEEDS(LACUNA_SPEED)};
#undef LACUNA_SPEED

/// 16 bytes that the host reads first, as a Verilog number: the lowest byte comes first.
std::string identity(const FpgaDesign& design, const std::string& sha256) {
  std::vector<int> bytes{'L',
                         'A',
                         1,
                         design.engine_number,
                         design.inputs & 255,
                         design.inputs >> 8,
                         design.result_bytes & 255,
                         design.result_bytes >> 8,
                         design.outputs};
  constexpr std::size_t kBytes = 16;
  for (std::size_t at = 0; bytes.size() < kBytes; at += 2)
    bytes.push_back(std::stoi(sha256.substr(at, 2), nullptr, 16));
  std::string digits;
  for (std::size_t at = kBytes; at-- > 0;) digits += fmt::format("{:02x}", bytes[at]);
  return "128'h" + digits;
}

/// Bytes on the line for so many of a command's, in frames with their answers.
std::uint64_t line_bytes(std::size_t bytes) {
  constexpr std::uint64_t kMost = 248, kOfAFrame = 14;
  return bytes + (bytes / kMost + 1) * kOfAFrame;
}

/// Twice the clocks that loading the network and all examples take, and a bit: who needs more does
/// not answer.
std::uint64_t most_clocks(const FpgaDesign& design, int divisor) {
  constexpr std::uint64_t kBits = 10, kAsked = 4,
                          kMore = 100000;  // kAsked: identity, state, clocks
  std::uint64_t bytes = line_bytes(0), clocks = 0;
  for (const HostWrite& write : design.writes) bytes += line_bytes(write.bytes.size());
  for (const HostVector& vector : design.vectors) {
    bytes += line_bytes(vector.input.size()) + line_bytes(vector.result.size());
    bytes += kAsked * line_bytes(kAsked);
    clocks += vector.cycles;
  }
  return 2 * (bytes * kBits * static_cast<std::uint64_t>(divisor) + clocks) + kMore;
}

}  // namespace

int uart_baud(const FpgaRequest& request) {
  constexpr int kUsual = 115200;
  return request.baud.value_or(kUsual);
}

int uart_divisor(const Board& board, int baud) {
  constexpr int kLeast = 4;  // rtl/board/lac_uart_rx.v
  constexpr double kMostError = 0.03;
  if (std::find(std::begin(kSpeeds), std::end(kSpeeds), baud) == std::end(kSpeeds)) {
    throw Error("--baud", fmt::format("{} is no speed that the host program opens", baud),
                fmt::format("choose one of {}", fmt::join(kSpeeds, ", ")));
  }
  const int divisor = static_cast<int>(std::lround(board.clock_hertz / baud));
  if (divisor < kLeast) {
    throw Error(
        "--baud",
        fmt::format("{} is too fast for a clock of {:g} MHz", baud, board.clock_hertz / 1e6),
        fmt::format("at most {:.0f}", board.clock_hertz / kLeast));
  }
  const double actual = board.clock_hertz / divisor;
  if (actual > baud * (1 + kMostError) || actual < baud * (1 - kMostError)) {
    throw Error("--baud",
                fmt::format("{} is not near {:g} MHz / {}", baud, board.clock_hertz / 1e6, divisor),
                "choose another speed");
  }
  return divisor;
}

TemplateValues host_values(const Board& board, const FpgaDesign& design,
                           const FpgaRequest& request) {
  TemplateValues values = board.settings;
  values["TITLE"] = board.title;
  values["NETWORK"] = design.network;
  values["REVISION"] = request.revision;
  values["MEGAHERTZ"] = fmt::format("{:g}", board.clock_hertz / 1e6);
  values["COMMAND"] = request.command;
  values["BAUD"] = std::to_string(uart_baud(request));
  const int divisor = uart_divisor(board, uart_baud(request));
  values["DIVISOR"] = std::to_string(divisor);
  values["CLOCKS"] = std::to_string(most_clocks(design, divisor));
  values["INPUTS"] = std::to_string(design.inputs);
  values["IDENTITY"] = identity(design, request.sha256);
  values["CORE"] = design.core;
  std::string parameters, sources;
  for (const auto& [name, value] : design.parameters)
    parameters += fmt::format("{}      .{}({})", parameters.empty() ? "" : ",\n", name, value);
  for (const std::string& file : design.sources)
    sources += fmt::format("../rtl/{} ", fs::path(file).filename().string());
  values["PARAMETERS"] = parameters;
  values["SOURCES"] = sources + "../rtl/lacuna.v ../rtl/top.v";
  return values;
}

}  // namespace lacuna::sim
