// SPDX-License-Identifier: Apache-2.0
// What a host writes before the first inference, cut into pieces that a frame holds.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/fpga/design.h"

namespace lacuna::sim {

/// Bytes of a piece at most: a line of network.load, less than a frame's.
inline constexpr std::size_t kPieceBytes = 240;

class HostWrites {
 public:
  /// Appends to `writes`, which outlives this.
  explicit HostWrites(std::vector<HostWrite>& writes) : writes_(&writes) {}

  /// A word of 1 to kPieceBytes bytes. Those at ascending addresses share a piece, which ends with
  /// a word: a core puts it together from the bytes of one frame, which may have to be sent again.
  void put(std::uint32_t address, const std::vector<std::uint8_t>& word);

 private:
  std::vector<HostWrite>* writes_;
  std::uint32_t next_ = 0;
};

}  // namespace lacuna::sim
