// SPDX-License-Identifier: Apache-2.0
// How a host reaches a shell's registers: in the simulation over AXI4-Lite, elsewhere by whatever
// there is.
#pragma once

#include <cstdint>
#include <optional>

namespace lacuna::sim {

class RegisterBus {
 public:
  virtual ~RegisterBus() = default;
  /// @return false when the shell answered SLVERR
  virtual bool write(std::uint32_t offset, std::uint32_t value, std::uint32_t strobe = 0xF) = 0;
  /// @return none when the shell answered SLVERR
  virtual std::optional<std::uint32_t> read(std::uint32_t offset) = 0;
  /// Waits until the shell's interrupt is high. @throws CheckFailed after too long a time.
  virtual void wait_interrupt() = 0;
};

}  // namespace lacuna::sim
