// SPDX-License-Identifier: Apache-2.0
// A host's register bus on the pins: address before data, data before address or both together, and
// pauses on every channel, at random. Called from a SystemC thread, which waits for the answer.
#pragma once

#include <cstdint>
#include <optional>
#include <systemc>

#include "golden/random.h"
#include "sim/shell/register_bus.h"
#include "sim/shell/shell_peer.h"

namespace lacuna::sim {

class AxiLiteMaster : public sc_core::sc_module, public ShellPeer, public RegisterBus {
 public:
  /// @param stall    probability with which each channel pauses in a cycle
  /// @param patience cycles after which an answer or an interrupt comes no more
  AxiLiteMaster(const sc_core::sc_module_name& name, double stall, std::uint64_t seed,
                std::uint64_t patience);

  bool write(std::uint32_t offset, std::uint32_t value, std::uint32_t strobe) override;
  std::optional<std::uint32_t> read(std::uint32_t offset) override;
  void wait_interrupt() override;

  void drive(std::uint64_t cycle, ShellInputs& in) override;
  void observe(std::uint64_t cycle, const ShellInputs& in, const ShellOutputs& out) override;
  /// The host's program is the one that resets, so it waits for no answer.
  void reset() override { pins_ = {}; }

 private:
  enum class Wanted { kNothing, kWrite, kRead, kInterrupt };

  /// Waits until the transaction is done. @throws CheckFailed when it takes too long.
  void finish(Wanted wanted);
  bool pause() { return stall_ > 0 && random_.chance(stall_); }

  double stall_;
  golden::Random random_;
  std::uint64_t patience_;
  Wanted wanted_ = Wanted::kNothing;
  bool begun_ = false, late_ = false;
  bool address_left_ = false, data_left_ = false;  // still to be offered and taken
  std::uint32_t offset_ = 0, value_ = 0, strobe_ = 0, response_ = 0, answer_ = 0;
  std::uint64_t waited_ = 0;
  AxiLiteIn pins_;
  sc_core::sc_event done_;
};

}  // namespace lacuna::sim
