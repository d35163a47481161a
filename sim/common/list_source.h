// SPDX-License-Identifier: Apache-2.0
// Drives a port from a prepared list of beats, stalling at random.
#pragma once

#include <systemc>
#include <vector>

#include "sim/common/beat_ports.h"
#include "sim/common/stall.h"

namespace lacuna::sim {

class ListSource : public sc_core::sc_module, public BeatSource {
 public:
  ListSource(const sc_core::sc_module_name& name, double stall, std::uint64_t seed)
      : sc_module(name), stall_(stall, seed) {}

  /// Replaces what is left of the list.
  void load(std::vector<Beat> beats) {
    beats_ = std::move(beats);
    next_ = 0;
    offered_ = false;
  }
  bool empty() const { return next_ == beats_.size(); }
  std::size_t next() const { return next_; }  ///< beats of the list that were taken

  bool offer(std::uint64_t, Beat& data) override {
    if (offered_) return true;
    if (next_ == beats_.size() || stall_.now()) return false;
    data = beats_[next_];
    offered_ = true;
    return true;
  }
  void taken() override {
    offered_ = false;
    ++next_;
  }

 private:
  Stall stall_;
  std::vector<Beat> beats_;
  std::size_t next_ = 0;
  bool offered_ = false;
};

}  // namespace lacuna::sim
