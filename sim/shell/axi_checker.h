// SPDX-License-Identifier: Apache-2.0
// Watches the rules of AXI4, AXI4-Lite and AXI4-Stream on the pins, cycle by cycle; throws
// CheckFailed that begins with the channel at the first rule that is broken, whoever broke it.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <string>

#include "sim/shell/shell_pins.h"

namespace lacuna::sim {

/// A valid/ready channel: what is offered stays the same until it is taken.
template <typename Payload>
class HandshakeRule {
 public:
  explicit HandshakeRule(std::string channel) : channel_(std::move(channel)) {}

  /// @return whether the payload was taken in this cycle
  bool check(bool valid, bool ready, const Payload& payload);
  /// Reset: nothing is on offer any more.
  void forget() { offered_ = false; }
  std::uint64_t transfers() const { return transfers_; }

 private:
  std::string channel_;
  bool offered_ = false;
  Payload payload_{};
  std::uint64_t transfers_ = 0;
};

/// The rules of a read port.
class AxiReadChecker {
 public:
  /// @param bytes of a beat  @param max_burst beats of a burst at most
  /// @param rlast_matters false where a test makes memory give RLAST at a wrong beat
  AxiReadChecker(int bytes, int max_burst, bool rlast_matters = true);

  void check(const AxiReadIn& in, const AxiReadOut& out);
  void forget();
  /// Bursts requested so far.
  std::uint64_t bursts() const { return ar_.transfers(); }
  std::uint64_t beats() const { return r_.transfers(); }
  /// Times that a beat of one ID came while a burst of the other was cut open, and that the first
  /// beat of a burst came before that of an older one of the other ID.
  std::uint64_t interleaved() const { return interleaved_; }
  std::uint64_t overtaken() const { return overtaken_; }

 private:
  struct Burst {
    std::uint64_t number = 0;
    std::uint32_t beats = 0, come = 0;
  };

  std::uint32_t bytes_, max_burst_;
  bool rlast_matters_;
  HandshakeRule<std::array<std::uint32_t, 5>> ar_;
  HandshakeRule<AxiReadIn> r_;
  std::array<std::deque<Burst>, 2> open_;  // by ID
  std::uint64_t interleaved_ = 0, overtaken_ = 0;
};

/// The rules of all ports of a shell.
class ShellChecker {
 public:
  ShellChecker(int bus_bytes, int max_burst, bool rlast_matters = true);

  /// A cycle, with the pins settled.
  void check(const ShellInputs& in, const ShellOutputs& out);

  /// Reads and writes of registers that were answered, and bursts of memory.
  std::uint64_t transactions() const {
    return b_.transfers() + ctrl_r_.transfers() + mem_.bursts();
  }
  std::uint64_t stream_beats() const { return s_.transfers() + m_.transfers(); }
  const AxiReadChecker& memory() const { return mem_; }

 private:
  using Words = std::array<std::uint32_t, 2>;
  void check_ctrl(const AxiLiteIn& in, const AxiLiteOut& out);

  HandshakeRule<Words> aw_, w_, b_, ctrl_ar_, ctrl_r_;
  HandshakeRule<StreamBeat> s_, m_;
  AxiReadChecker mem_;
  int reset_cycles_ = 0;
};

}  // namespace lacuna::sim
