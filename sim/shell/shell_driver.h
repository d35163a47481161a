// SPDX-License-Identifier: Apache-2.0
// What a host does with a shell, through its registers only (docs/shell.md, "Sequences").
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <vector>

#include "sim/shell/register_bus.h"

namespace lacuna::sim {

/// Settings of a run, as the registers have them.
struct ShellSettings {
  std::vector<std::uint32_t> config;  ///< words of `config`, from the first
  std::uint32_t weight_base = 0;
  std::uint32_t count = 0;  ///< steps or images
};

/// error_status and error_address.
struct ShellErrors {
  std::uint32_t status = 0, address = 0;
};

/// Cycles of a run: [0] all, [n] those of class n.
using ShellCycles = std::array<std::uint64_t, 6>;

class ShellDriver {
 public:
  /// Keeps a reference to the bus.
  explicit ShellDriver(RegisterBus& bus) : bus_(bus) {}

  /// Checks that there is a shell of this version and engine, and enables its interrupts.
  /// @throws CheckFailed when there is not.
  void identify(std::uint32_t kind);

  /// Loads records into the engine's memories. @return false after an error, see errors()
  bool load(std::uint32_t address, std::uint32_t bytes);

  void configure(const ShellSettings& settings);
  /// Starts a run. The streams are not the driver's.
  void start();
  /// Waits for the run's end. @return false after an error, see errors()
  bool wait();

  ShellErrors errors();
  ShellCycles cycles();
  std::uint32_t status();
  /// Ends whatever the shell does, waits until it is idle and until the rest of a packet of x that
  /// this cuts was dropped, or for so long that it cannot come any more, and clears interrupts and
  /// errors. Meanwhile something must take y. @throws CheckFailed when the shell does not get idle
  void recover();

  std::uint32_t get(std::uint32_t offset);
  void put(std::uint32_t offset, std::uint32_t value);

 private:
  /// Reads `status` until the state is over. @return false after too long a time
  bool ends(const std::function<bool(std::uint32_t status)>& state);
  /// Waits for an interrupt and clears it. @return whether it was `good` and no error
  bool finished(std::uint32_t good);

  RegisterBus& bus_;
};

}  // namespace lacuna::sim
