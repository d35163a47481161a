// SPDX-License-Identifier: Apache-2.0
#include "sim/fpga/host_writes.h"

namespace lacuna::sim {

void HostWrites::put(std::uint32_t address, const std::vector<std::uint8_t>& word) {
  if (writes_->empty() || next_ != address ||
      writes_->back().bytes.size() + word.size() > kPieceBytes)
    writes_->push_back({static_cast<std::uint16_t>(address), {}});
  auto& bytes = writes_->back().bytes;
  bytes.insert(bytes.end(), word.begin(), word.end());
  next_ = address + static_cast<std::uint32_t>(word.size());
}

}  // namespace lacuna::sim
