// SPDX-License-Identifier: Apache-2.0
// Runs a netlist cycle by cycle and counts what every net and memory does. Nets settle once a
// cycle: there are no glitches. Only what follows a net that has changed is evaluated.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "sim/silicon/netlist.h"

namespace lacuna::sim {

struct MemoryActivity {
  std::uint64_t reads = 0, writes = 0;
};

/// Of the cycles that were counted.
struct GateActivity {
  std::uint64_t cycles = 0;
  std::vector<std::uint64_t> toggles;    ///< [net]
  std::vector<MemoryActivity> memories;  ///< [memory]
};

class GateSimulation {
 public:
  /// Keeps a reference to the netlist. @throws Error when gates form a loop.
  explicit GateSimulation(const Netlist& netlist);

  /// Registers and memories begin with random bits. What has been counted stays.
  void power_on(std::uint64_t seed);

  /// @throws Error when the netlist has no such port.
  const NetlistPort& port(const std::string& name) const;
  /// @param words of 32 bits, lowest first, as many as the port needs
  void set(const NetlistPort& port, const std::uint32_t* words);
  void set(const NetlistPort& port, std::uint32_t value) { set(port, &value); }
  void get(const NetlistPort& port, std::uint32_t* words) const;
  std::uint32_t get(const NetlistPort& port) const;

  /// Takes over the inputs. A cycle is: set, settle, get, edge.
  /// @param count whether the cycle is counted
  void settle(bool count);
  /// The rising edge; outputs that are registers can be read after refresh().
  void edge();
  /// Lets nets follow the registers without being counted: the next settle() counts.
  void refresh() { evaluate(); }

  /// Will be called with every net's value after each settle(), and whether that was counted.
  using Watcher = std::function<void(const std::vector<std::uint8_t>& values, bool counted)>;
  void watch(Watcher watcher) { watcher_ = std::move(watcher); }

  const GateActivity& activity() const { return activity_; }
  /// Of every net, after settle().
  const std::vector<std::uint8_t>& values() const { return values_; }

 private:
  /// A step of evaluation: a gate, or (output 0) the asynchronous read of the number `table`.
  struct Gate {
    TruthTable table = 0;
    Net inputs[kFunctionInputs] = {};
    std::uint32_t input_count = 0;
    Net output = 0;
    std::uint32_t level = 0;  ///< above those of all steps that it follows
  };
  struct FlipFlop {
    Gate next;                                  ///< output unused
    std::vector<std::pair<Net, bool>> outputs;  ///< and whether inverted
  };
  struct Read {
    std::size_t memory = 0, port = 0;
  };
  struct Memory {
    std::vector<std::uint8_t> bits;                    ///< [word][bit]
    std::vector<std::vector<std::uint8_t>> read_data;  ///< of clocked ports
    std::vector<std::size_t> addresses;                ///< of asynchronous ports, when last settled
  };
  std::vector<Gate> build();
  void order(const std::vector<Gate>& gates);
  /// Who reads each net.
  void connect();
  void change(Net net, bool value);
  /// Will be evaluated: a step, or by the next edge a flip-flop.
  void mark(std::uint32_t reader);
  void evaluate();
  bool value_of(const Gate& gate) const;
  std::size_t number(const std::vector<Net>& nets) const;
  void read_word(const Read& read);
  /// A word that is written in this cycle is read as it was, or by transparent ports after.
  void read_clocked(std::size_t memory, bool transparent);
  void drive(const FlipFlop& flip_flop, bool state);
  void drive_memories();

  const Netlist& netlist_;
  std::vector<Gate> steps_;
  std::vector<FlipFlop> flip_flops_;
  std::vector<Read> reads_;
  std::vector<std::vector<std::uint32_t>> memory_reads_;  ///< [memory]: steps of its `reads_`
  std::vector<Memory> memories_;
  std::vector<std::uint8_t> values_, last_, states_;
  // Readers are numbered: steps, then flip-flops.
  std::vector<std::uint32_t> readers_, first_reader_;  ///< of net n: [first[n], first[n + 1])
  std::vector<std::uint8_t> marked_;                   ///< [reader]
  std::vector<std::vector<std::uint32_t>> waiting_;    ///< [level]: marked steps
  std::vector<std::uint32_t> clocked_, flipped_;       ///< marked flip-flops; those that change
  std::vector<Net> changed_;                           ///< since the last settled cycle, or more
  bool counting_ = false;
  GateActivity activity_;
  Watcher watcher_;
};

}  // namespace lacuna::sim
