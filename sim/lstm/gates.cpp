// SPDX-License-Identifier: Apache-2.0
#include "sim/lstm/gates.h"

#include "golden/error.h"
#include "sim/silicon/gate_pins.h"

namespace lacuna::sim {
namespace {

class LstmGates final : public LstmModel {
 public:
  LstmGates(GateSimulation& gates, bool cell_norm, std::uint64_t seed)
      : pins_(gates, seed), cell_norm_(cell_norm) {}

  void settle() override {
    pins_.set("rst_ni", in.rst_n);
    pins_.set("start_valid_i", in.start_valid);
    pins_.set("init_valid_i", in.init_valid);
    pins_.set("x_valid_i", in.x_valid);
    pins_.set("weight_valid_i", in.weight_valid);
    pins_.set("cmd_ready_i", in.cmd_ready);
    pins_.set("y_ready_i", in.y_ready);
    pins_.set("param_we_i", in.param_we);
    pins_.set("param_unit_i", in.param_unit);
    pins_.set("start_data_i", in.start);
    pins_.set("init_data_i", in.init);
    pins_.set("x_data_i", in.x);
    pins_.set("weight_data_i", in.weight);
    pins_.set("param_data_i", in.param);
    pins_.gates().settle(in.rst_n && !in.param_we);
    out.start_ready = pins_.get("start_ready_o") != 0;
    out.init_ready = pins_.get("init_ready_o") != 0;
    out.x_ready = pins_.get("x_ready_o") != 0;
    out.weight_ready = pins_.get("weight_ready_o") != 0;
    out.cmd_valid = pins_.get("cmd_valid_o") != 0;
    out.cmd_address = pins_.get("cmd_addr_o");
    out.cmd_words = pins_.get("cmd_words_o");
    out.y_valid = pins_.get("y_valid_o") != 0;
    pins_.get("y_data_o", out.y);
    out.busy = pins_.get("busy_o") != 0;
    out.cycle_class = static_cast<std::uint8_t>(pins_.get("cycle_class_o"));
  }

  void edge() override { pins_.gates().edge(); }

  void configure() override {
    pins_.set("cfg_units_i", in.settings.units);
    pins_.set("cfg_inputs_i", in.settings.inputs);
    pins_.set("cfg_words_i", in.settings.words);
    pins_.set("cfg_block_words_i", in.settings.block_words);
    pins_.set("cfg_base_i", in.settings.base);
    pins_.set("cfg_stride_i", in.settings.stride);
    pins_.set("cfg_last_stride_i", in.settings.last_stride);
    pins_.set("cfg_span_i", in.settings.span);
    pins_.set("cfg_pre_shift_i", in.settings.pre_shift);
    pins_.set("cfg_cell_frac_i", in.settings.cell_frac);
    pins_.set("cfg_threshold_i", in.settings.threshold);
    if (cell_norm_) pins_.set("cfg_norm_shift_i", in.settings.norm_shift);
  }

  void open_wave(const std::filesystem::path& file) override {
    throw Error(file.string(), "gates have no waves");
  }

 private:
  GatePins pins_;
  bool cell_norm_;
};

}  // namespace

Parameters rtl_parameters(const golden::LstmEngine& engine) {
  Parameters parameters{{"Lanes", engine.lanes},
                        {"Batch", engine.batch},
                        {"Depth", engine.depth},
                        {"EwWidth", engine.ew_width},
                        {"MaxUnits", engine.max_units},
                        {"MaxInputs", engine.max_inputs},
                        {"AccWidth", engine.acc_width},
                        {"FifoDepth", engine.fifo_depth},
                        {"SkipZeros", engine.skip_zeros ? 1 : 0}};
  if (engine.cell_norm) parameters.emplace_back("WeightBits", engine.weight_bits);
  // The shell has the engine with its gates side by side only.
  if (engine.turns() != 1) parameters.emplace_back("EwGates", engine.ew_gates);
  return parameters;
}

std::unique_ptr<LstmModel> make_gates(GateSimulation& gates, const golden::LstmEngine& engine,
                                      std::uint64_t seed) {
  return std::make_unique<LstmGates>(gates, engine.cell_norm, seed);
}

}  // namespace lacuna::sim
