// SPDX-License-Identifier: Apache-2.0
// The pins of the stochastic engine's RTL as plain words, whatever its parameters. Ports as in
// docs/sc.md, "Interface".
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <vector>

#include "sim/common/beat.h"
#include "sim/common/fault_injection.h"

namespace lacuna::sim {

/// cfg_*_i.
struct ScSettings {
  std::uint32_t last = 0, states1 = 0, states2 = 0;
};

struct ScInputs {
  bool rst_n = false, x_valid = false, y_ready = false;
  std::uint32_t code_we = 0, code_bank = 0, code_input = 0;
  std::uint32_t seed_we = 0, seed_index = 0, seed = 0;
  Beat codes{}, x{};
  ScSettings settings;
};

/// Up to 32 x 38 bits that pass from one layer to the next in a cycle.
struct ScStream {
  bool valid = false;
  Beat bits{};
};

struct ScOutputs {
  bool x_ready = false, y_valid = false;
  std::uint8_t cycle_class = 0;
  Beat y{};
  ScStream stream1, stream2;
};

/// cycle_class_o, in the RTL's encoding.
enum ScCycleClass : std::uint8_t { kScIdle, kScRuns, kScInputWait, kScOutputWait, kScCycleClasses };

/// One instance of the engine in one configuration. A cycle is: write `in`, settle(), read `out`,
/// edge().
class ScModel {
 public:
  virtual ~ScModel() = default;

  ScInputs in;
  FaultClock faults;  ///< read at the edge
  ScOutputs out;

  /// Takes over `in` with the clock low and fills `out`.
  virtual void settle() = 0;
  /// The rising edge.
  virtual void edge() = 0;
  /// Takes over `in.settings` and everything that writes codes and seeds.
  virtual void configure() = 0;
  /// Writes every signal to an FST file from now on.
  virtual void open_wave(const std::filesystem::path& file) = 0;
};

}  // namespace lacuna::sim
