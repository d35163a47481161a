// SPDX-License-Identifier: Apache-2.0
#include "sim/fpga/flow.h"

#include <fmt/format.h>

#include "golden/error.h"
#include "sim/fpga/ecp5_flow.h"
#include "sim/fpga/ice40_flow.h"

namespace lacuna::sim {
namespace {

namespace fs = std::filesystem;

std::string hexadecimal(const std::vector<std::uint8_t>& bytes) {
  std::string digits;
  for (const std::uint8_t byte : bytes) digits += fmt::format("{:02x}", byte);
  return digits;
}

std::string load_file(const FpgaDesign& design) {
  std::string text = "# What the host writes before the first inference: address, bytes.\n";
  for (const HostWrite& write : design.writes)
    text += fmt::format("{:04x} {}\n", write.address, hexadecimal(write.bytes));
  return text;
}

[[noreturn]] void refuse_flow(const Board& board) {
  throw Error((board.folder / "board.json").string(),
              "names a flow that is not there: " + board.flow);
}

}  // namespace

void write_common(OutputFolder& folder, const FpgaDesign& design) {
  const fs::path source = LACUNA_SOURCE_DIR;
  for (const std::string& file : design.sources)
    folder.add_copy(fs::path("rtl") / fs::path(file).filename(), source / "rtl" / file);
  for (const MemoryImage& memory : design.memories) {
    folder.add(fs::path("mem") / (memory.name + ".mem"), to_mem(memory));
    folder.add(fs::path("mem") / (memory.name + ".coe"), to_coe(memory));
  }
  const fs::path own = source / "sim" / "fpga";
  for (const char* file :
       {"Makefile", "main.cpp", "lacuna_host.h", "lacuna_host.cpp", "lacuna_device.h",
        "lacuna_device.c", "lacuna_serial.h", "lacuna_serial.c", "example.c"})
    folder.add_copy(fs::path("host") / file, own / "host" / file);
  for (const char* file : {"bench.cpp", "uart_pins.h"})
    folder.add_copy(fs::path("sim") / file, own / "bench" / file);
  folder.add("host/network.load", load_file(design));
  std::string images, results;
  for (const HostVector& vector : design.vectors) {
    images += hexadecimal(vector.input) + '\n';
    results += fmt::format("{} {}\n", hexadecimal(vector.result), vector.cycles);
  }
  folder.add("vectors/images.hex", images);
  folder.add("vectors/results.hex", results);
}

void write_flow(OutputFolder& folder, const Board& board, const FpgaDesign& design,
                const FpgaRequest& request) {
  if (board.flow == "ice40") {
    write_ice40(folder, board, design, request);
  } else if (board.flow == "ecp5") {
    write_ecp5(folder, board, design, request);
  } else {
    refuse_flow(board);
  }
}

Bitstream build_bitstream(const OutputFolder& folder, const Board& board) {
  if (board.flow != "ice40")
    throw Error("--bitstream", "is of iCE40 boards",
                "run the folder's own script where its tools are");
  return build_ice40(folder, board);
}

std::uint64_t simulate_bitstream(const OutputFolder& folder, const Board& board,
                                 const FpgaRequest& request) {
  if (board.flow != "ice40") throw Error("--simulate", "is of iCE40 boards");
  return simulate_ice40(folder, board, request);
}

}  // namespace lacuna::sim
