// SPDX-License-Identifier: Apache-2.0
// A network as an FPGA needs it: an engine's core with its parameters, what its memories hold at
// first, what a host writes before the first inference, and golden's answers (docs/fpga.md).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "golden/bundle.h"
#include "sim/network/network_input.h"

namespace lacuna::sim {

/// First contents of a memory.
struct MemoryImage {
  std::string name;                ///< of the file without .mem or .coe
  int width = 0;                   ///< bits of a word
  std::vector<std::string> words;  ///< hexadecimal digits, the highest first; as many each
};

/// Bytes that the host writes to ascending addresses of the core.
struct HostWrite {
  std::uint16_t address = 0;
  std::vector<std::uint8_t> bytes;
};

/// An inference: what goes in, what golden says comes out, both as the host's bytes, and in how
/// many clocks.
struct HostVector {
  std::vector<std::uint8_t> input, result;
  std::uint32_t cycles = 0;
};

struct FpgaDesign {
  std::string engine;     ///< top module in rtl/, e.g. "lac_folded_dnn"
  int engine_number = 0;  ///< by which a board names it to the host: 1 lstm, 2 fc, 3 sc, as the
                          ///< shell's register `engine` does
  std::string core;       ///< module in rtl/board that gives it the core's ports
  std::vector<std::string> sources;  ///< Verilog files relative to rtl/, engine and core
  std::map<std::string, std::string> parameters;  ///< of the core, as Verilog text
  std::vector<MemoryImage> memories;              ///< a parameter of the core names each file
  std::vector<HostWrite> writes;                  ///< before the first inference
  int inputs = 0;                                 ///< values of an inference, a byte each
  int outputs = 0;                                ///< of a result
  int result_bytes = 0;                           ///< little-endian, equally many an output
  std::vector<HostVector> vectors;                ///< examples
  std::map<std::string, std::int64_t> resources;  ///< at least, for require_resources()
  std::string network;                            ///< for people: "196-40-16-10, ..."
};

/// A network on lac_folded_core. @throws Error for one that does not fit it.
FpgaDesign folded_design(const golden::Bundle& bundle, const std::string& file,
                         const NetworkInput& input, std::uint64_t seed);
/// A network on lac_lfsr_core. @throws Error for one that does not fit it.
FpgaDesign lfsr_design(const golden::Bundle& bundle, const std::string& file,
                       const NetworkInput& input);
/// A recurrent network on lac_lstm_core, for sequences as long as those of `input`.
/// @throws Error for one that does not fit it.
FpgaDesign lstm_design(const golden::Bundle& bundle, const std::string& file,
                       const NetworkInput& input);

/// Steps of a sequence, for random examples; 0 where the network has none.
/// @throws Error for a recurrent network that does not say it.
int sequence_steps(const golden::Bundle& bundle, const std::string& file);

/// Verilog files of rtl/board/CORE.f, relative to rtl/, each once, in order.
std::vector<std::string> board_sources(const std::vector<std::string>& cores);

/// Chooses the engine for the bundle's layers and runs golden on the input.
/// @param file for messages  @param seed of the stochastic registers
/// @throws Error for a network that no core takes.
FpgaDesign make_design(const golden::Bundle& bundle, const std::string& file,
                       const NetworkInput& input, std::uint64_t seed);

/// As $readmemh takes it.
std::string to_mem(const MemoryImage& image);
/// As Vivado's memory generators take it.
std::string to_coe(const MemoryImage& image);

}  // namespace lacuna::sim
