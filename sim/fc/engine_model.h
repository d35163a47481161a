// SPDX-License-Identifier: Apache-2.0
// The pins of the fully-connected engine's RTL as plain words, whatever its parameters: what hides
// Verilator's generated types from the platform. Ports as in docs/fc.md, "Interface".
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>

#include "sim/common/beat.h"
#include "sim/common/fault_injection.h"

namespace lacuna::sim {

/// cfg_*_i: one layer's sizes and formats.
struct FcSettings {
  std::uint32_t last_input = 0, last_beat = 0, threshold = 0, shift = 0;
  bool relu = false;
};

struct FcInputs {
  bool rst_n = false, run = false;
  bool seed_we = false, weight_we = false, param_we = false;
  bool x_valid = false, y_ready = false;
  std::uint32_t group = 0, seed = 0, weight_address = 0, param_beat = 0;
  Beat weight{}, param{}, x{};
  FcSettings settings;
};

struct FcOutputs {
  bool x_ready = false, y_valid = false, y_last = false;
  std::uint8_t cycle_class = 0;
  Beat y{};
};

/// cycle_class_o, in the RTL's encoding.
enum FcCycleClass : std::uint8_t { kFcIdle, kFcTaken, kFcInputWait, kFcOtherWait, kFcCycleClasses };

/// One instance of the engine in one configuration. A cycle is: write `in`, settle(), read `out`,
/// edge(), after which y in `out` is that of the next cycle.
class FcModel {
 public:
  virtual ~FcModel() = default;

  FcInputs in;
  FaultClock faults;  ///< read at the edge
  FcOutputs out;

  /// Takes over `in` with the clock low and fills what of `out` depends on it: all but y.
  virtual void settle() = 0;
  /// The rising edge. Fills y of `out`, which are registers.
  virtual void edge() = 0;
  /// Takes over `in.settings` and everything that writes memories, which change only between runs.
  virtual void configure() = 0;
  /// Writes every signal to an FST file from now on.
  virtual void open_wave(const std::filesystem::path& file) = 0;
};

}  // namespace lacuna::sim
