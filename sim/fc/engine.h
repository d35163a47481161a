// SPDX-License-Identifier: Apache-2.0
// The RTL of fully-connected engines in a chain as a SystemC module: each one's y is the next one's
// x.
#pragma once

#include <vector>

#include "sim/common/clocked_engine.h"
#include "sim/common/stall.h"
#include "sim/fc/engine_model.h"
#include "sim/fc/ports.h"

namespace lacuna::sim {

/// The wires from one engine to the next, which pause at random. A beat that was offered stays.
class FcLink {
 public:
  FcLink(double stall, std::uint64_t seed) : stall_(stall, seed) {}

  /// Once a cycle: whether the beat that the engine before shows is offered to the next one.
  bool offer(const FcOutputs& before) {
    offered_ = before.y_valid && (offered_ || !stall_.now());
    return offered_;
  }
  void taken() { offered_ = false; }

 private:
  Stall stall_;
  bool offered_ = false;
};

class FcChainModule : public ClockedEngine {
 public:
  sc_core::sc_port<FcControl> control{"control"};
  sc_core::sc_port<BeatSource> x{"x"};
  sc_core::sc_port<ActivationSink> y{"y"};

  /// Keeps pointers to the models, first layer first. @param stall of the links between them
  FcChainModule(const sc_core::sc_module_name& name, std::vector<FcModel*> models, double stall,
                std::uint64_t seed);

 private:
  void cycle(std::uint64_t now) override;
  void end_of_elaboration() override;
  bool offer_x(std::size_t layer, std::uint64_t now);
  void x_taken(std::size_t layer);

  std::vector<FcModel*> models_;
  std::vector<FcLink> links_;  ///< [layer]: to the layer from the one before; the first is unused
  // The bound modules, looked up once: sc_port checks its binding at every access.
  FcControl* control_ = nullptr;
  BeatSource* x_ = nullptr;
  ActivationSink* y_ = nullptr;
};

}  // namespace lacuna::sim
