// SPDX-License-Identifier: Apache-2.0
#include "sim/fpga/host_writes.h"

namespace lacuna::sim {

void HostWrites::put(std::uint32_t address, std::uint8_t byte) {
  constexpr std::size_t kPieceBytes = 240;  // a line of network.load
  if (writes_->empty() || next_ != address || writes_->back().bytes.size() >= kPieceBytes)
    writes_->push_back({static_cast<std::uint16_t>(address), {}});
  writes_->back().bytes.push_back(byte);
  next_ = address + 1;
}

}  // namespace lacuna::sim
