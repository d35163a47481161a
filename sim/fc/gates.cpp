// SPDX-License-Identifier: Apache-2.0
#include "sim/fc/gates.h"

#include "golden/error.h"
#include "sim/silicon/gate_pins.h"

namespace lacuna::sim {
namespace {

class FcGates final : public FcModel {
 public:
  FcGates(GateSimulation& gates, std::uint64_t seed) : pins_(gates, seed) {}

  void settle() override {
    pins_.set("rst_ni", in.rst_n);
    pins_.set("run_i", in.run);
    pins_.set("x_valid_i", in.x_valid);
    pins_.set("y_ready_i", in.y_ready);
    pins_.set("x_data_i", in.x);
    pins_.gates().settle(in.rst_n && in.run);
    out.x_ready = pins_.get("x_ready_o") != 0;
    out.cycle_class = static_cast<std::uint8_t>(pins_.get("cycle_class_o"));
  }

  void edge() override {
    pins_.gates().edge();
    pins_.gates().refresh();
    out.y_valid = pins_.get("y_valid_o") != 0;
    out.y_last = pins_.get("y_last_o") != 0;
    if (out.y_valid) pins_.get("y_data_o", out.y);
  }

  void configure() override {
    pins_.set("cfg_last_input_i", in.settings.last_input);
    pins_.set("cfg_last_beat_i", in.settings.last_beat);
    pins_.set("cfg_threshold_i", in.settings.threshold);
    pins_.set("cfg_shift_i", in.settings.shift);
    pins_.set("cfg_relu_i", in.settings.relu);
    pins_.set("seed_we_i", in.seed_we);
    pins_.set("weight_we_i", in.weight_we);
    pins_.set("param_we_i", in.param_we);
    pins_.set("group_i", in.group);
    pins_.set("seed_i", in.seed);
    pins_.set("weight_addr_i", in.weight_address);
    pins_.set("param_beat_i", in.param_beat);
    pins_.set("weight_data_i", in.weight);
    pins_.set("param_data_i", in.param);
  }

  void open_wave(const std::filesystem::path& file) override {
    throw Error(file.string(), "gates have no waves");
  }

 private:
  GatePins pins_;
};

}  // namespace

Parameters rtl_parameters(const golden::FcEngine& engine) {
  Parameters parameters{{"Outputs", engine.outputs},        {"Groups", engine.groups},
                        {"InLanes", engine.in_lanes},       {"OutLanes", engine.out_lanes},
                        {"IndexWidth", engine.index_bits},  {"Depth", engine.depth},
                        {"WeightBits", engine.weight_bits}, {"AccWidth", engine.acc_width},
                        {"Masked", engine.masked ? 1 : 0},  {"LfsrBits", engine.lfsr_bits}};
  if (!engine.parallel()) {
    parameters.insert(parameters.end(), {{"AllStates", engine.all_states ? 1 : 0},
                                         {"Skip", engine.skip ? 1 : 0},
                                         {"Ahead", engine.ahead},
                                         {"FifoLog2", engine.fifo_log2}});
  }
  return parameters;
}

std::unique_ptr<FcModel> make_gates(GateSimulation& gates, const golden::FcEngine& /*engine*/,
                                    std::uint64_t seed) {
  return std::make_unique<FcGates>(gates, seed);
}

}  // namespace lacuna::sim
