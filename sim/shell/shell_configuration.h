// SPDX-License-Identifier: Apache-2.0
// The shells that the build verilates: an engine's named configuration with widths of bus and
// streams (sim/shell/CMakeLists.txt).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "sim/shell/shell_pins.h"

namespace lacuna::sim {

/// As `engine_kind` of the registers.
enum class ShellKind : std::uint32_t { kLstm = 1, kFc = 2, kSc = 3 };

struct ShellConfiguration {
  std::string name;
  ShellKind kind = ShellKind::kLstm;
  std::string engine;  ///< name of the engine's configuration
  int bus_bits = 256, stream_bits = 64, max_burst = 16;
  std::function<std::unique_ptr<ShellModel>(std::uint64_t seed)> make;

  int bus_bytes() const { return bus_bits / 8; }
};

const std::vector<ShellConfiguration>& shell_configurations();

/// @throws Error listing the names when there is none of this name.
const ShellConfiguration& shell_configuration(const std::string& name);

}  // namespace lacuna::sim
