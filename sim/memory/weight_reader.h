// SPDX-License-Identifier: Apache-2.0
// Between the engine's weight port and memory: turns a command (address, words) into TLM-2.0 bursts
// that cross no page, and the beats that come back into words of the engine's width.
#pragma once

#include <tlm_utils/simple_initiator_socket.h>

#include <cstdint>
#include <systemc>
#include <vector>

#include "sim/common/stall.h"
#include "sim/lstm/ports.h"
#include "sim/memory/dram.h"

namespace lacuna::sim {

class WeightReader : public sc_core::sc_module, public CommandSink, public BeatSource {
 public:
  tlm_utils::simple_initiator_socket<WeightReader> socket;

  /// @param word_bytes bytes of a word of the engine's weight port, at most a Beat
  WeightReader(const sc_core::sc_module_name& name, const MemoryTiming& timing, int word_bytes,
               double stall, std::uint64_t seed);

  // CommandSink: the engine's commands
  bool ready() override;
  void put(std::uint64_t cycle, std::uint32_t address, std::uint32_t words) override;

  // BeatSource: the words
  bool offer(std::uint64_t cycle, Beat& data) override;
  void taken() override;

  /// Forgets words on their way, when the engine is reset.
  void clear();
  /// No word is on its way.
  bool idle() const { return count_ == 0; }

  std::uint64_t commands() const { return commands_; }
  std::uint64_t words() const { return words_; }
  std::uint64_t bytes() const { return words_ * word_bytes_; }

 private:
  struct Word {
    Beat data{};
    std::uint64_t due = 0;  // cycle in which it can be offered
  };

  void read(std::uint64_t cycle, std::uint64_t address, std::uint32_t bytes);

  MemoryTiming timing_;
  std::uint32_t word_bytes_;
  Stall command_stall_, word_stall_;
  std::vector<std::uint8_t> column_;     // bytes of the command being served
  std::vector<std::uint64_t> beat_due_;  // cycle of each of its beats
  tlm::tlm_generic_payload burst_;
  std::vector<Word> ring_;  // words on their way
  std::size_t head_ = 0, count_ = 0;
  bool offered_ = false;
  std::uint64_t commands_ = 0, words_ = 0;
};

}  // namespace lacuna::sim
