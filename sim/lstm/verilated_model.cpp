// SPDX-License-Identifier: Apache-2.0
// Adapter from one Verilated configuration of the recurrent engine to LstmModel. Compiled once a
// configuration: the build defines LACUNA_MODEL (Verilator's class), LACUNA_MODEL_HEADER,
// LACUNA_FACTORY, LACUNA_CELL_NORM (the top normalises cells) and LACUNA_WAVES (built with waves).
#include "sim/common/verilated_top.h"
#include "sim/lstm/engine_model.h"

#include LACUNA_MODEL_HEADER

namespace lacuna::sim {
namespace {

class VerilatedLstm final : public LstmModel {
 public:
  explicit VerilatedLstm(std::uint64_t seed) : top_(seed) {}

  void settle() override {
    auto& top = top_.pins();
    top.clk_i = 0;
    top.rst_ni = in.rst_n;
    top.start_valid_i = in.start_valid;
    top.init_valid_i = in.init_valid;
    top.x_valid_i = in.x_valid;
    top.weight_valid_i = in.weight_valid;
    top.cmd_ready_i = in.cmd_ready;
    top.y_ready_i = in.y_ready;
    top.param_we_i = in.param_we;
    set(top.param_unit_i, in.param_unit);
    put(top.start_data_i, in.start);
    put(top.init_data_i, in.init);
    put(top.x_data_i, in.x);
    put(top.weight_data_i, in.weight);
    put(top.param_data_i, in.param);
    top_.eval();
    out.start_ready = top.start_ready_o;
    out.init_ready = top.init_ready_o;
    out.x_ready = top.x_ready_o;
    out.weight_ready = top.weight_ready_o;
    out.cmd_valid = top.cmd_valid_o;
    out.cmd_address = top.cmd_addr_o;
    out.cmd_words = top.cmd_words_o;
    out.y_valid = top.y_valid_o;
    get(top.y_data_o, out.y);
    out.busy = top.busy_o;
    out.cycle_class = top.cycle_class_o;
  }

  void edge() override {
    top_.pins().clk_i = 1;
    top_.eval();
  }

  void configure() override {
    auto& top = top_.pins();
    set(top.cfg_units_i, in.settings.units);
    set(top.cfg_inputs_i, in.settings.inputs);
    set(top.cfg_words_i, in.settings.words);
    set(top.cfg_block_words_i, in.settings.block_words);
    set(top.cfg_base_i, in.settings.base);
    set(top.cfg_stride_i, in.settings.stride);
    set(top.cfg_last_stride_i, in.settings.last_stride);
    set(top.cfg_span_i, in.settings.span);
    set(top.cfg_pre_shift_i, in.settings.pre_shift);
    set(top.cfg_cell_frac_i, in.settings.cell_frac);
    set(top.cfg_threshold_i, in.settings.threshold);
#if LACUNA_CELL_NORM
    set(top.cfg_norm_shift_i, in.settings.norm_shift);
#endif
  }

  void open_wave(const std::filesystem::path& file) override { top_.open_wave(file); }

 private:
  VerilatedTop<LACUNA_MODEL> top_;
};

}  // namespace

std::unique_ptr<LstmModel> LACUNA_FACTORY(std::uint64_t seed) {
  return std::make_unique<VerilatedLstm>(seed);
}

}  // namespace lacuna::sim
