// SPDX-License-Identifier: Apache-2.0
// The SystemC platform of a shell: RTL, memory, streams and a host, which is a program in a thread
// and knows registers and streams only.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>

#include "sim/shell/axi_checker.h"
#include "sim/shell/axi_lite_master.h"
#include "sim/shell/axi_memory.h"
#include "sim/shell/shell_configuration.h"
#include "sim/shell/shell_driver.h"
#include "sim/shell/shell_job.h"
#include "sim/shell/shell_module.h"
#include "sim/shell/shell_streams.h"

namespace lacuna::sim {

struct ShellPlatformOptions {
  double stall = 0;  ///< probability with which each channel pauses in a cycle, 0 <= stall < 1
  int latency = 4, jitter = 0;       ///< of memory, cycles
  int lateness = 0;                  ///< up to so many cycles more for a burst of either ID
  std::uint64_t seed = 1;            ///< of all that is drawn, and of registers without a reset
  bool rlast_matters = true;         ///< false: memory may give RLAST at a wrong beat
  std::uint64_t patience = 200'000;  ///< cycles that the host waits for anything
  std::filesystem::path wave;        ///< FST file; empty: none
};

/// What the host's program has in its hands.
struct ShellHost {
  ShellDriver& driver;
  RegisterBus& bus;
  StreamSource& x;
  StreamSink& y;
  AxiMemory& memory;
  ShellModule& module;
  std::uint32_t records_at = 0;  ///< byte address of the work's records

  /// Lets cycles pass.
  void wait(std::uint64_t cycles) const;
  /// Resets the shell and all that is on its ports, and waits until that is over.
  void reset() const;
  /// Identifies, loads and plays the jobs; each must be golden's in every bit.
  /// @throws CheckFailed at a difference or an error of the shell.
  void play(const ShellWork& work);
  /// One job alone, after a load. @param send false: its packet of x is already on its way
  void play(const ShellJob& job, bool send = true);
};

/// What passed over the pins.
struct ShellTraffic {
  std::uint64_t transactions = 0, stream_beats = 0, bursts = 0, cycles = 0;
};

/// Runs `program` from reset to its end.
/// @throws what the program or the protocol checker throws.
ShellTraffic run_shell(const ShellConfiguration& configuration, const ShellWork& work,
                       const ShellPlatformOptions& options,
                       const std::function<void(ShellHost&)>& program);

}  // namespace lacuna::sim
