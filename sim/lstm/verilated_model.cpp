// SPDX-License-Identifier: Apache-2.0
// Adapter from one Verilated configuration of the recurrent engine to LstmModel. Compiled once a
// configuration: the build defines LACUNA_MODEL (Verilator's class), LACUNA_MODEL_HEADER,
// LACUNA_FACTORY, LACUNA_CELL_NORM (the top normalises cells) and LACUNA_WAVES (built with waves).
#include <verilated.h>
#if LACUNA_WAVES
#include <verilated_fst_c.h>
#endif

#include "golden/error.h"
#include "sim/lstm/engine_model.h"

#include LACUNA_MODEL_HEADER

namespace lacuna::sim {
namespace {

// Verilator gives a port of 1..8 bits a CData, ..16 SData, ..32 IData, ..64 QData, and VlWide
// beyond.
template <typename Pin>
void put(Pin& pin, const Beat& beat) {
  if constexpr (sizeof(Pin) <= 4) {
    pin = static_cast<Pin>(beat[0]);
  } else {
    pin = beat[0] | static_cast<QData>(beat[1]) << 32;
  }
}
template <std::size_t kWords>
void put(VlWide<kWords>& pin, const Beat& beat) {
  static_assert(kWords <= std::tuple_size_v<Beat>, "a port is wider than a Beat");
  for (std::size_t word = 0; word < kWords; ++word) pin[word] = beat[word];
}
template <typename Pin>
void get(const Pin& pin, Beat& beat) {
  beat[0] = static_cast<std::uint32_t>(pin);
  if constexpr (sizeof(Pin) > 4) beat[1] = static_cast<std::uint32_t>(pin >> 32);
}
template <std::size_t kWords>
void get(const VlWide<kWords>& pin, Beat& beat) {
  static_assert(kWords <= std::tuple_size_v<Beat>, "a port is wider than a Beat");
  for (std::size_t word = 0; word < kWords; ++word) beat[word] = pin[word];
}

class VerilatedLstm final : public LstmModel {
 public:
  explicit VerilatedLstm(std::uint64_t seed) {
    // Registers without a reset start with random bits, so that a result cannot rest on a lucky
    // zero.
    context_.randReset(2);
    context_.randSeed(static_cast<int>(seed % 0x7FFFFFFF) + 1);
    context_.traceEverOn(LACUNA_WAVES);
    top_ = std::make_unique<LACUNA_MODEL>(&context_, "engine");
  }

  ~VerilatedLstm() override {
#if LACUNA_WAVES
    if (wave_) wave_->close();
#endif
    top_->final();
  }

  void settle() override {
    auto& top = *top_;
    top.clk_i = 0;
    top.rst_ni = in.rst_n;
    top.start_valid_i = in.start_valid;
    top.init_valid_i = in.init_valid;
    top.x_valid_i = in.x_valid;
    top.weight_valid_i = in.weight_valid;
    top.cmd_ready_i = in.cmd_ready;
    top.y_ready_i = in.y_ready;
    top.param_we_i = in.param_we;
    top.param_unit_i = static_cast<std::decay_t<decltype(top.param_unit_i)>>(in.param_unit);
    put(top.start_data_i, in.start);
    put(top.init_data_i, in.init);
    put(top.x_data_i, in.x);
    put(top.weight_data_i, in.weight);
    put(top.param_data_i, in.param);
    eval();
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
    top_->clk_i = 1;
    eval();
  }

  void configure() override {
    auto& top = *top_;
    const auto set = [](auto& pin, std::uint32_t value) {
      pin = static_cast<std::decay_t<decltype(pin)>>(value);
    };
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

  void open_wave(const std::filesystem::path& file) override {
#if LACUNA_WAVES
    wave_ = std::make_unique<VerilatedFstC>();
    top_->trace(wave_.get(), 99);
    wave_->open(file.string().c_str());
    if (!wave_->isOpen())
      throw Error(file.string(), "cannot be written", "choose another place for --wave");
#else
    throw Error(file.string(), "cannot be written: this configuration is too large for waves",
                "take a smaller one with --config");
#endif
  }

 private:
  void eval() {
    top_->eval();
#if LACUNA_WAVES
    if (wave_) wave_->dump(time_ += kHalfPeriod);
#endif
  }

  static constexpr std::uint64_t kHalfPeriod =
      2500;  // picoseconds, Verilator's default unit: 200 MHz

  VerilatedContext context_;
  std::unique_ptr<LACUNA_MODEL> top_;
#if LACUNA_WAVES
  std::unique_ptr<VerilatedFstC> wave_;
  std::uint64_t time_ = 0;
#endif
};

}  // namespace

std::unique_ptr<LstmModel> LACUNA_FACTORY(std::uint64_t seed) {
  return std::make_unique<VerilatedLstm>(seed);
}

}  // namespace lacuna::sim
