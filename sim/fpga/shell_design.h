// SPDX-License-Identifier: Apache-2.0
// A network as a board with a shell needs it: the shell's top with its parameters, what memory
// holds, and for each layer what the registers are told, the packet that goes in and golden's
// packet that comes out (docs/fpga-xilinx.md).
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "golden/bundle.h"
#include "sim/network/network_input.h"
#include "sim/shell/shell_job.h"

namespace lacuna::sim {

/// What a board offers a shell.
struct ShellRoom {
  int bus_bits = 256;      ///< of its memory's port
  int weight_bits = 192;   ///< of these, at most so many a cycle for the recurrent engine's weights
  int elements = 1536;     ///< processing elements, neurons or lanes at most
  std::uint32_t base = 0;  ///< byte address of the network in memory, a multiple of 4096
};

/// A run of the shell: one layer, or the whole network where the engine takes it whole.
struct ShellRun {
  std::string layer;
  std::uint32_t records = 0, record_bytes = 0;  ///< of the load before it: byte address, size
  ShellSettings settings;
  std::vector<std::uint32_t> x, y;  ///< words of the packets in and out, by golden
};

struct ShellDesign {
  std::string top;                        ///< in rtl/shell
  std::string engine;                     ///< the engine's module in rtl/
  std::vector<std::string> sources;       ///< Verilog files relative to rtl/
  std::map<std::string, int> parameters;  ///< of the top, StreamWidth = 32 and BusWidth among them
  int kind = 0;                           ///< as the register `engine` names it
  std::uint32_t base = 0;                 ///< byte address of `memory`
  std::vector<std::uint8_t> memory;       ///< weights and records, whole beats of the bus
  std::vector<ShellRun> runs;
  std::vector<std::string> elsewhere;             ///< layers that the engine does not take
  std::map<std::string, std::int64_t> resources;  ///< at least, for require_resources()
  std::string network;                            ///< for people
};

/// Steps of an example, for InputRequest::steps: few, since every state of every step is a word or
/// two of a folder.
int example_steps(const golden::Bundle& bundle);

/// Chooses the engine for the first layer that has one; it also runs every further layer that fits
/// it up to the first that does not: golden's x of a layer is the run before it. Each run's y has
/// been held against the engine's own scoreboard.
/// @param file for messages  @param seed of stochastic registers
/// @throws Error for a network without such a layer, or one that no engine of this room takes.
ShellDesign make_shell_design(const golden::Bundle& bundle, const std::string& file,
                              const NetworkInput& input, std::uint64_t seed, const ShellRoom& room);

// ---- for the engines' own files

/// Adds a workload's runs; y holds the engine's beats of each job.
/// @throws CheckFailed when y is not what the scoreboard expects: golden contradicts itself
/// @throws Error when memory ends beyond the shell's addresses
void add_runs(ShellDesign& design, const std::string& layer, const ShellWork& work,
              const std::vector<std::vector<Beat>>& y);

void design_lstm(ShellDesign& design, const golden::Bundle& bundle, const std::string& file,
                 const NetworkInput& input, const ShellRoom& room);
void design_fc(ShellDesign& design, const golden::Bundle& bundle, const std::string& file,
               const NetworkInput& input, const ShellRoom& room);
void design_sc(ShellDesign& design, const golden::Bundle& bundle, const std::string& file,
               const NetworkInput& input, std::uint64_t seed, const ShellRoom& room);

}  // namespace lacuna::sim
