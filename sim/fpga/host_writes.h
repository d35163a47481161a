// SPDX-License-Identifier: Apache-2.0
// What a host writes before the first inference, byte by byte, cut into pieces that a frame holds.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/fpga/design.h"

namespace lacuna::sim {

class HostWrites {
 public:
  /// Appends to `writes`, which outlives this.
  explicit HostWrites(std::vector<HostWrite>& writes) : writes_(&writes) {}

  /// A byte; those at ascending addresses share a piece.
  void put(std::uint32_t address, std::uint8_t byte);

 private:
  std::vector<HostWrite>* writes_;
  std::uint32_t next_ = 0;
};

}  // namespace lacuna::sim
