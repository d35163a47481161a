// SPDX-License-Identifier: Apache-2.0
#include "sim/sc/gates.h"

#include "golden/error.h"
#include "sim/silicon/gate_pins.h"

namespace lacuna::sim {
namespace {

class ScGates final : public ScModel {
 public:
  ScGates(GateSimulation& gates, std::uint64_t seed) : pins_(gates, seed) {}

  void settle() override {
    pins_.set("rst_ni", in.rst_n);
    pins_.set("x_valid_i", in.x_valid);
    pins_.set("y_ready_i", in.y_ready);
    pins_.set("x_data_i", in.x);
    pins_.gates().settle(in.rst_n && in.code_we == 0 && in.seed_we == 0);
    out.x_ready = pins_.get("x_ready_o") != 0;
    out.y_valid = pins_.get("y_valid_o") != 0;
    out.cycle_class = static_cast<std::uint8_t>(pins_.get("cycle_class_o"));
    out.stream1.valid = pins_.get("stream1_valid_o") != 0;
    out.stream2.valid = pins_.get("stream2_valid_o") != 0;
    pins_.get("y_data_o", out.y);
    pins_.get("stream1_o", out.stream1.bits);
    pins_.get("stream2_o", out.stream2.bits);
  }

  void edge() override { pins_.gates().edge(); }

  void configure() override {
    pins_.set("cfg_last_i", in.settings.last);
    pins_.set("cfg_states1_i", in.settings.states1);
    pins_.set("cfg_states2_i", in.settings.states2);
    pins_.set("code_we_i", in.code_we);
    pins_.set("code_bank_i", in.code_bank);
    pins_.set("code_input_i", in.code_input);
    pins_.set("code_data_i", in.codes);
    pins_.set("seed_we_i", in.seed_we);
    pins_.set("seed_index_i", in.seed_index);
    pins_.set("seed_data_i", in.seed);
  }

  void open_wave(const std::filesystem::path& file) override {
    throw Error(file.string(), "gates have no waves");
  }

 private:
  GatePins pins_;
};

}  // namespace

Parameters rtl_parameters(const golden::ScEngine& engine) {
  Parameters parameters{{"Inputs", engine.inputs},         {"Hidden1", engine.hidden1},
                        {"Hidden2", engine.hidden2},       {"Outputs", engine.outputs},
                        {"Integral", engine.integral},     {"InLanes", engine.in_lanes},
                        {"WriteLanes", engine.write_lanes}};
  if (!engine.folded()) parameters.emplace_back("Bipolar", engine.bipolar ? 1 : 0);
  return parameters;
}

std::unique_ptr<ScModel> make_gates(GateSimulation& gates, const golden::ScEngine& /*engine*/,
                                    std::uint64_t seed) {
  return std::make_unique<ScGates>(gates, seed);
}

}  // namespace lacuna::sim
