// SPDX-License-Identifier: Apache-2.0
// Adapter from one Verilated configuration of the fully-connected engine to FcModel. Compiled once
// a configuration: the build defines LACUNA_MODEL (Verilator's class), LACUNA_MODEL_HEADER,
// LACUNA_FACTORY and LACUNA_WAVES (built with waves).
#include "sim/common/verilated_top.h"
#include "sim/fc/engine_model.h"

#include LACUNA_MODEL_HEADER

namespace lacuna::sim {
namespace {

class VerilatedFc final : public FcModel {
 public:
  explicit VerilatedFc(std::uint64_t seed) : top_(seed) {}

  void settle() override {
    auto& top = top_.pins();
    top.clk_i = 0;
    top.rst_ni = in.rst_n;
    top.run_i = in.run;
    top.x_valid_i = in.x_valid;
    top.y_ready_i = in.y_ready;
    put(top.x_data_i, in.x);
    top_.eval();
    out.x_ready = top.x_ready_o;
    out.cycle_class = top.cycle_class_o;
  }

  void edge() override {
    announce(faults);
    auto& top = top_.pins();
    top.clk_i = 1;
    top_.eval();
    out.y_valid = top.y_valid_o;
    out.y_last = top.y_last_o;
    if (out.y_valid) get(top.y_data_o, out.y);
  }

  void configure() override {
    auto& top = top_.pins();
    set(top.cfg_last_input_i, in.settings.last_input);
    set(top.cfg_last_beat_i, in.settings.last_beat);
    set(top.cfg_threshold_i, in.settings.threshold);
    set(top.cfg_shift_i, in.settings.shift);
    top.cfg_relu_i = in.settings.relu;
    top.seed_we_i = in.seed_we;
    top.weight_we_i = in.weight_we;
    top.param_we_i = in.param_we;
    set(top.group_i, in.group);
    set(top.seed_i, in.seed);
    set(top.weight_addr_i, in.weight_address);
    set(top.param_beat_i, in.param_beat);
    put(top.weight_data_i, in.weight);
    put(top.param_data_i, in.param);
  }

  void open_wave(const std::filesystem::path& file) override { top_.open_wave(file); }

 private:
  VerilatedTop<LACUNA_MODEL> top_;
};

}  // namespace

std::unique_ptr<FcModel> LACUNA_FACTORY(std::uint64_t seed) {
  return std::make_unique<VerilatedFc>(seed);
}

}  // namespace lacuna::sim
