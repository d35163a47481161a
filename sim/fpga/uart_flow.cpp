// SPDX-License-Identifier: Apache-2.0
#include "sim/fpga/uart_flow.h"

#include <fmt/format.h>

#include "sim/fpga/design.h"
#include "sim/fpga/host_values.h"

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

void write_design(OutputFolder& folder, const FpgaDesign& design) {
  const fs::path source = LACUNA_SOURCE_DIR;
  for (const std::string& file : design.sources)
    folder.add_copy(fs::path("rtl") / fs::path(file).filename(), source / "rtl" / file);
  for (const MemoryImage& memory : design.memories) {
    folder.add(fs::path("mem") / (memory.name + ".mem"), to_mem(memory));
    folder.add(fs::path("mem") / (memory.name + ".coe"), to_coe(memory));
  }
  folder.add("host/network.load", load_file(design));
  std::string images, results;
  for (const HostVector& vector : design.vectors) {
    images += hexadecimal(vector.input) + '\n';
    results += fmt::format("{} {}\n", hexadecimal(vector.result), vector.cycles);
  }
  folder.add("vectors/images.hex", images);
  folder.add("vectors/results.hex", results);
}

}  // namespace

void UartFlow::check(const Board& board, const FpgaRequest& request) const {
  uart_divisor(board, uart_baud(request));
}

PreparedNetwork UartFlow::prepare(const Board& board, const golden::Bundle& network,
                                  const InputRequest& input, const FpgaRequest& request) const {
  InputRequest examples = input;
  if (!examples.file) examples.steps = sequence_steps(network, request.bundle);
  return prepare_design(
      board,
      make_design(network, request.bundle, read_network_input(network, examples), input.seed),
      request);
}

PreparedNetwork UartFlow::prepare_design(const Board& board, const FpgaDesign& design,
                                         const FpgaRequest& request) const {
  PreparedNetwork prepared;
  prepared.network = design.network;
  prepared.engine = design.engine;
  prepared.core = design.core;
  prepared.parameters = design.parameters;
  prepared.resources = design.resources;
  prepared.facts = {{"baud", uart_baud(request)},
                    {"images", design.vectors.size()},
                    {"cycles", design.vectors.front().cycles}};
  prepared.write = [this, board, design, request](OutputFolder& folder) {
    const fs::path own = fs::path(LACUNA_SOURCE_DIR) / "sim" / "fpga";
    const fs::path templates = own / "flows" / "uart";
    TemplateValues values = host_values(board, design, request);
    write_design(folder, design);
    for (const fs::path& file : files_in(own / "host"))
      folder.add_copy(fs::path("host") / file.filename(), file);
    for (const fs::path& file : files_in(own / "bench"))
      folder.add_copy(fs::path("sim") / file.filename(), file);
    folder.add("rtl/lacuna.v", fill_file(templates / "lacuna.v", values));
    folder.add_program("simulate.sh", fill_file(templates / "simulate.sh", values));
    write_tools(folder, board, values);
    folder.add("README.md", fill_file(templates / "README.md", values));
  };
  return prepared;
}

}  // namespace lacuna::sim
