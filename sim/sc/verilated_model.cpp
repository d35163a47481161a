// SPDX-License-Identifier: Apache-2.0
// Adapter from one Verilated configuration of the stochastic engine to ScModel. Compiled once a
// configuration: the build defines LACUNA_MODEL (Verilator's class), LACUNA_MODEL_HEADER,
// LACUNA_FACTORY and LACUNA_WAVES (built with waves).
#include "sim/common/verilated_top.h"
#include "sim/sc/engine_model.h"

#include LACUNA_MODEL_HEADER

namespace lacuna::sim {
namespace {

class VerilatedSc final : public ScModel {
 public:
  explicit VerilatedSc(std::uint64_t seed) : top_(seed) {}

  void settle() override {
    auto& top = top_.pins();
    top.clk_i = 0;
    top.rst_ni = in.rst_n;
    top.x_valid_i = in.x_valid;
    top.y_ready_i = in.y_ready;
    put(top.x_data_i, in.x);
    top_.eval();
    out.x_ready = top.x_ready_o;
    out.y_valid = top.y_valid_o;
    out.cycle_class = top.cycle_class_o;
    out.stream1.valid = top.stream1_valid_o;
    out.stream2.valid = top.stream2_valid_o;
    get(top.y_data_o, out.y);
    get(top.stream1_o, out.stream1.bits);
    get(top.stream2_o, out.stream2.bits);
  }

  void edge() override {
    announce(faults);
    top_.pins().clk_i = 1;
    top_.eval();
  }

  void configure() override {
    auto& top = top_.pins();
    set(top.cfg_last_i, in.settings.last);
    set(top.cfg_states1_i, in.settings.states1);
    set(top.cfg_states2_i, in.settings.states2);
    set(top.code_we_i, in.code_we);
    set(top.code_bank_i, in.code_bank);
    set(top.code_input_i, in.code_input);
    put(top.code_data_i, in.codes);
    set(top.seed_we_i, in.seed_we);
    set(top.seed_index_i, in.seed_index);
    set(top.seed_data_i, in.seed);
  }

  void open_wave(const std::filesystem::path& file) override { top_.open_wave(file); }

 private:
  VerilatedTop<LACUNA_MODEL> top_;
};

}  // namespace

std::unique_ptr<ScModel> LACUNA_FACTORY(std::uint64_t seed) {
  return std::make_unique<VerilatedSc>(seed);
}

}  // namespace lacuna::sim
