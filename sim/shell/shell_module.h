// SPDX-License-Identifier: Apache-2.0
// A shell's RTL as a SystemC module, with the protocol checker on its pins.
#pragma once

#include "sim/common/clocked_engine.h"
#include "sim/shell/axi_checker.h"
#include "sim/shell/shell_peer.h"

namespace lacuna::sim {

class ShellModule : public ClockedEngine {
 public:
  /// All that drives the shell's pins.
  sc_core::sc_port<ShellPeer, 0> peers{"peers"};

  /// Keeps references to both.
  ShellModule(const sc_core::sc_module_name& name, ShellModel& model, ShellChecker& checker)
      : ClockedEngine(name), model_(model), checker_(checker) {}

  static constexpr std::uint64_t kResetCycles = 4;

  /// Puts the shell and all peers into reset for kResetCycles from the next cycle on.
  void reset() { reset_until_ = cycles() + kResetCycles; }
  /// irq_o in the last cycle.
  bool interrupt() const { return model_.out.irq; }

 private:
  void cycle(std::uint64_t now) override {
    const bool was_reset = !model_.in.aresetn;
    model_.in.aresetn = now >= reset_until_;
    if (!model_.in.aresetn && !was_reset) {
      model_.in = {};
      for (int peer = 0; peer < peers.size(); ++peer) peers[peer]->reset();
    }
    if (model_.in.aresetn) {
      for (int peer = 0; peer < peers.size(); ++peer) peers[peer]->drive(now, model_.in);
    }
    model_.settle();
    checker_.check(model_.in, model_.out);
    if (model_.in.aresetn) {
      for (int peer = 0; peer < peers.size(); ++peer)
        peers[peer]->observe(now, model_.in, model_.out);
    }
    model_.edge();
  }

  ShellModel& model_;
  ShellChecker& checker_;
  std::uint64_t reset_until_ = kResetCycles;
};

}  // namespace lacuna::sim
