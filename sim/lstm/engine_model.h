// SPDX-License-Identifier: Apache-2.0
// The pins of the recurrent engine's RTL as plain words, whatever its parameters: what hides
// Verilator's generated types from the platform. Ports as in docs/lstm.md, "Interface".
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>

#include "golden/lstm_engine.h"
#include "sim/common/beat.h"

namespace lacuna::sim {

/// cfg_*_i: one layer's sizes, formats and place in memory.
struct LstmSettings {
  std::uint32_t units = 0, inputs = 0;
  std::uint32_t words = 0, block_words = 0;
  std::uint32_t base = 0, stride = 0, last_stride = 0, span = 0;
  std::uint32_t pre_shift = 0, cell_frac = 0, threshold = 0, norm_shift = 0;
};

struct LstmInputs {
  bool rst_n = false;
  bool start_valid = false, init_valid = false, x_valid = false, weight_valid = false;
  bool cmd_ready = false, y_ready = false, param_we = false;
  std::uint32_t param_unit = 0;
  Beat start{}, init{}, x{}, weight{}, param{};
  LstmSettings settings;
};

struct LstmOutputs {
  bool start_ready = false, init_ready = false, x_ready = false, weight_ready = false;
  bool cmd_valid = false, y_valid = false, busy = false;
  std::uint8_t cycle_class = 0;
  std::uint32_t cmd_address = 0, cmd_words = 0;
  Beat y{};
};

/// cycle_class_o, in the RTL's encoding.
enum CycleClass : std::uint8_t {
  kIdle,
  kMac,
  kWeightWait,
  kBankWait,
  kTurn,
  kListWait,
  kCycleClasses
};

/// One instance of the engine in one configuration. A cycle is: write `in`, settle(), read `out`,
/// edge().
class LstmModel {
 public:
  virtual ~LstmModel() = default;

  LstmInputs in;
  LstmOutputs out;

  /// Takes over `in` with the clock low and fills `out`, combinational paths included.
  virtual void settle() = 0;
  /// The rising edge.
  virtual void edge() = 0;
  /// Takes over `in.settings`, which change only between sequences.
  virtual void configure() = 0;
  /// Writes every signal to an FST file from now on.
  virtual void open_wave(const std::filesystem::path& file) = 0;
};

}  // namespace lacuna::sim
