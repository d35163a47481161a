// SPDX-License-Identifier: Apache-2.0
// From the pins of an AXI4 read port to memory behind TLM-2.0: bursts of one ID are answered in
// order, those of different IDs in any order and interleaved; latencies, pauses and errors are
// drawn.
#pragma once

#include <tlm_utils/simple_initiator_socket.h>

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <systemc>

#include "golden/random.h"
#include "sim/common/stall.h"
#include "sim/memory/dram.h"
#include "sim/shell/shell_peer.h"

namespace lacuna::sim {

/// What goes wrong at the beat of an address.
enum class MemoryFault { kSlverr, kWrongLast };

struct AxiMemoryOptions {
  MemoryTiming timing;
  double stall = 0;  ///< probability with which AR and R pause in a cycle
  int lateness = 0;  ///< up to so many cycles more, at random, for a burst of either ID
  std::uint64_t seed = 1;
  std::map<std::uint64_t, MemoryFault> faults;  ///< by byte address of a beat
};

class AxiMemory : public sc_core::sc_module, public ShellPeer {
 public:
  tlm_utils::simple_initiator_socket<AxiMemory> socket;

  AxiMemory(const sc_core::sc_module_name& name, const AxiMemoryOptions& options);

  void drive(std::uint64_t cycle, ShellInputs& in) override { drive_port(cycle, in.mem); }
  void observe(std::uint64_t cycle, const ShellInputs& in, const ShellOutputs& out) override {
    observe_port(cycle, in.mem, out.mem);
  }
  void reset() override;
  /// The same for a read port that is not a shell's.
  void drive_port(std::uint64_t cycle, AxiReadIn& in);
  void observe_port(std::uint64_t cycle, const AxiReadIn& in, const AxiReadOut& out);

  /// Faults that are met from now on.
  void set_faults(std::map<std::uint64_t, MemoryFault> faults) {
    options_.faults = std::move(faults);
  }

 private:
  struct Answer {
    AxiReadIn beat;
    std::uint64_t due = 0;  // cycle in which it can be offered
  };

  void accept(std::uint64_t cycle, const AxiReadOut& request);

  AxiMemoryOptions options_;
  Stall ar_stall_, r_stall_;
  golden::Random random_;
  std::array<std::deque<Answer>, 2> answers_;  // by ID
  tlm::tlm_generic_payload burst_;
  bool offered_ = false;
};

}  // namespace lacuna::sim
