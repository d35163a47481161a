// SPDX-License-Identifier: Apache-2.0
// An engine's workload as a shell takes it: records, weights, words of configuration, packets.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "sim/common/beat.h"
#include "sim/fc/workload.h"
#include "sim/lstm/workload.h"
#include "sim/sc/workload.h"
#include "sim/shell/shell_configuration.h"
#include "sim/shell/shell_driver.h"

namespace lacuna::sim {

/// One run and what must come of it.
struct ShellJob {
  ShellSettings settings;
  std::vector<Beat> x;  ///< engine beats of the packet in
  /// First difference of the packet out from golden, as a line; empty when there is none.
  std::function<std::string(const std::vector<Beat>& y)> difference;
  /// Cycles of a class that depend on neither stalls nor memory: {class, cycles}.
  std::vector<std::pair<int, std::uint64_t>> exact;
};

/// Everything that a shell's host needs for an engine's workload. Keeps references into the
/// workload.
struct ShellWork {
  ShellKind kind = ShellKind::kLstm;
  int record_bytes = 0, x_bits = 0, y_bits = 0;
  std::vector<std::uint8_t> records;
  std::vector<std::uint8_t> weights;  ///< at kWeightBase; empty: the engine has no weight port
  std::vector<ShellJob> jobs;
};

ShellWork shell_work(const LstmWorkload& workload);
/// @param layer of the workload: a shell holds one
ShellWork shell_work(const FcWorkload& workload, std::size_t layer = 0);
ShellWork shell_work(const ScWorkload& workload);

}  // namespace lacuna::sim
