// SPDX-License-Identifier: Apache-2.0
// A recurrent layer with its read-out on a board: sizes and formats are the top's parameters;
// weights, constants and the initial state come from the host.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <initializer_list>
#include <utility>

#include "golden/error.h"
#include "golden/linear.h"
#include "golden/lstm.h"
#include "golden/lstm_cycles.h"
#include "sim/fpga/design.h"
#include "sim/fpga/host_writes.h"
#include "sim/fpga/sizes.h"
#include "sim/shell/registers.h"

namespace lacuna::sim {
namespace {

// Of rtl/board/lac_lstm_core.v.
enum Kind : std::uint32_t { kWeights = 0, kConstants = 2 << 14, kInitial = 3 << 14 };
constexpr int kMostWords = 1 << 15, kMostUnits = 512, kMostOutputs = 64, kMostValues = 65535;
constexpr std::uint32_t kConstantBytes = 32, kInitialBytes = 4;
constexpr int kResultBytes = 4;
constexpr golden::LstmCycles::InitialBeats kInitialBeats{4, 3};
constexpr int kWeightLatency = 1;

struct Layers {
  const golden::LstmLayer& lstm;
  const golden::LinearLayer& linear;
  int steps;
};

int words_of(const Layers& layers) {
  const int outputs = static_cast<int>(layers.linear.weight.rows());
  return layers.lstm.units * (layers.lstm.inputs + layers.lstm.units) +
         outputs * (layers.lstm.units + 6);
}

/// Whether every logit is a number of 32 bits.
bool fits_result(const golden::LinearLayer& linear) {
  for (Eigen::Index output = 0; output < linear.weight.rows(); ++output) {
    std::int64_t most = 0;
    for (Eigen::Index unit = 0; unit < linear.weight.cols(); ++unit)
      most += 128 * std::abs(int{linear.weight(output, unit)});
    const auto at = static_cast<std::size_t>(output);
    most = (most * std::abs(int{linear.scale[at]}) >> linear.logit_shift) +
           std::abs(std::int64_t{linear.bias[at]}) + 1;
    if (most >= std::int64_t{1} << 31) return false;
  }
  return true;
}

Layers layers_of(const golden::Bundle& bundle, const std::string& file, int steps) {
  const auto* lstm = std::get_if<golden::LstmLayer>(&bundle.layers.front());
  const auto* linear = std::get_if<golden::LinearLayer>(&bundle.layers.back());
  if (lstm == nullptr || linear == nullptr || bundle.layers.size() != 2) {
    throw Error(file, "has layers that no board's engine takes",
                "name a stochastic network, a fully-connected one, or a recurrent layer of values "
                "with its output projection");
  }
  if (lstm->input == golden::InputKind::kOneHot)
    throw Error(file, "takes symbols, a board's core values");
  if (golden::weight_bits(lstm->weight_format) > 2) {
    throw Error(file, fmt::format("has {} weights, a board's core binary or ternary ones",
                                  golden::name_of(lstm->weight_format)));
  }
  const Layers layers{*lstm, *linear, steps};
  if (lstm->units > kMostUnits || linear->weight.rows() > kMostOutputs ||
      words_of(layers) > kMostWords || steps * lstm->inputs > kMostValues) {
    throw Error(file, "is larger than a board's addresses", "choose a network of fewer units");
  }
  if (lstm->inputs > 4 * lstm->units) {
    throw Error(file, fmt::format("has {} inputs for {} units, a board's core 4 a unit at most",
                                  lstm->inputs, lstm->units));
  }
  if (!fits_result(*linear)) throw Error(file, "has outputs of more than 32 bits");
  return layers;
}

golden::LstmEngine engine_for(const golden::LstmLayer& layer) {
  golden::LstmEngine engine;
  engine.top = "lac_bt_lstm";
  engine.lanes = 4;
  engine.batch = 1;
  engine.depth = 1;
  engine.ew_width = 1;
  engine.ew_gates = 1;
  engine.max_units = layer.units;
  engine.max_inputs = layer.inputs;
  engine.weight_bits = golden::weight_bits(layer.weight_format);
  engine.acc_width = std::max(layer.accumulator_bits(), engine.weight_bits + 9);
  engine.fifo_depth = 4;
  engine.cell_norm = true;
  return engine;
}

/// Numbers of so many bytes each, one after the other.
std::vector<std::uint8_t> little_endian(
    std::initializer_list<std::pair<std::int64_t, int>> values) {
  std::vector<std::uint8_t> bytes;
  for (const auto& [value, count] : values) {
    for (int byte = 0; byte < count; ++byte)
      bytes.push_back(static_cast<std::uint8_t>(value >> (8 * byte)));
  }
  return bytes;
}

std::vector<HostWrite> writes_of(const Layers& layers, const golden::LstmEngine& engine) {
  const golden::LstmLayer& lstm = layers.lstm;
  std::vector<HostWrite> all;
  HostWrites writes(all);
  std::uint32_t at = kWeights;
  const auto put = [&](std::initializer_list<std::pair<std::int64_t, int>> values) {
    const std::vector<std::uint8_t> bytes = little_endian(values);
    writes.put(at, bytes);
    at += static_cast<std::uint32_t>(bytes.size());
  };
  // A block is a unit: golden's image without what lies between its columns.
  const golden::LstmLayout layout = golden::plan_layout(lstm, engine);
  const std::vector<std::uint8_t> image = golden::weight_image(lstm, engine, layout);
  for (int unit = 0; unit < lstm.units; ++unit) {
    for (int column = 0; column < layout.columns; ++column)
      put({{image[layout.address(unit, column)], 1}});
  }
  for (Eigen::Index output = 0; output < layers.linear.weight.rows(); ++output) {
    for (Eigen::Index unit = 0; unit < layers.linear.weight.cols(); ++unit)
      put({{layers.linear.weight(output, unit), 1}});
    put({{layers.linear.scale[static_cast<std::size_t>(output)], 2}});
    put({{layers.linear.bias[static_cast<std::size_t>(output)], 4}});
  }
  for (int unit = 0; unit < lstm.units; ++unit) {
    std::vector<std::uint8_t> constants;
    for (const std::uint16_t word : golden::unit_parameters(lstm, engine, unit)) {
      const auto bytes = little_endian({{word, 2}});
      constants.insert(constants.end(), bytes.begin(), bytes.end());
    }
    writes.put(kConstants + static_cast<std::uint32_t>(unit) * kConstantBytes, constants);
  }
  for (std::size_t unit = 0; unit < lstm.initial_h.size() || unit < lstm.initial_c.size(); ++unit) {
    at = kInitial + static_cast<std::uint32_t>(unit) * kInitialBytes;
    put({{unit < lstm.initial_h.size() ? lstm.initial_h[unit] : std::int8_t{0}, 1},
         {unit < lstm.initial_c.size() ? lstm.initial_c[unit] : std::int16_t{0}, 2}});
  }
  return all;
}

/// What cannot be done with less, by what the cells of an iCE40 hold.
std::map<std::string, std::int64_t> least_resources(const Layers& layers) {
  constexpr int kBytes = kRamBits / 8 * kRamWords;
  constexpr int kLeastUnits = 32;  ///< whose constants and states are no registers
  constexpr int kTableRams = 4;    ///< two of tanh
  constexpr int kConstantRams = 14, kStateRams = 4;
  // 5580 look-up tables with 4 units, most of them multipliers and the host's side.
  constexpr int kLogicCells = 5300;
  int rams = kTableRams + words_of(layers) / kBytes + layers.steps * layers.lstm.inputs / kBytes;
  if (layers.lstm.units >= kLeastUnits)
    rams += kConstantRams * ((layers.lstm.units + kRamWords - 1) / kRamWords) + kStateRams;
  return {{"block RAMs", rams}, {"logic cells", kLogicCells}};
}

/// Runs golden and the cycle model on one stream of the input.
HostVector vector_of(const Layers& layers, const golden::LstmEngine& engine,
                     const NetworkInput& input, int stream) {
  const golden::LstmLayer& layer = layers.lstm;
  golden::Lstm lstm(layer, 1);
  golden::LstmCycles cycles(engine, golden::plan_layout(layer, engine), layer.units,
                            kWeightLatency);
  lstm.start({layers.steps});
  cycles.start(!layer.initial_h.empty() || !layer.initial_c.empty(), lstm.kept(), kInitialBeats);
  HostVector vector;
  for (int step = 0; step < layers.steps; ++step) {
    const auto& all = input.dense[static_cast<std::size_t>(step)];
    std::vector<std::int8_t> x;
    for (std::size_t position = 0; position < static_cast<std::size_t>(layer.inputs); ++position)
      x.push_back(all[position * static_cast<std::size_t>(input.streams) +
                      static_cast<std::size_t>(stream)]);
    vector.input.insert(vector.input.end(), x.begin(), x.end());
    const golden::Columns columns = golden::encode_columns(x, 1);
    lstm.step(columns);
    cycles.step(columns.size(), lstm.kept());
  }
  const golden::Linear linear(layers.linear);
  for (const std::int64_t logit : linear.logits(lstm.kept())) {
    for (int byte = 0; byte < kResultBytes; ++byte)
      vector.result.push_back(static_cast<std::uint8_t>(logit >> (8 * byte)));
  }
  // The start follows the last input by 4 clocks; a product of the read-out takes 9.
  const int read_out = linear.outputs() * (9 * layer.units + 27);
  vector.cycles = static_cast<std::uint32_t>(cycles.counts().total()) + 5 +
                  static_cast<std::uint32_t>(read_out);
  return vector;
}

}  // namespace

int sequence_steps(const golden::Bundle& bundle, const std::string& file) {
  const auto* lstm = std::get_if<golden::LstmLayer>(&bundle.layers.front());
  if (lstm == nullptr || lstm->input == golden::InputKind::kOneHot) return 0;
  if (bundle.facts.value("task", "") == "rows") return lstm->inputs;  // images are square
  throw Error(file, "does not say how many steps its sequences have",
              "name a file of them as --input");
}

FpgaDesign lstm_design(const golden::Bundle& bundle, const std::string& file,
                       const NetworkInput& input) {
  const Layers layers = layers_of(bundle, file, input.steps);
  const golden::LstmLayer& lstm = layers.lstm;
  const golden::LstmEngine engine = engine_for(lstm);
  FpgaDesign design;
  design.engine = engine.top;
  design.engine_number = LAC_SHELL_ENGINE_LSTM;
  design.core = "lac_lstm_core";
  design.sources = board_sources({"lac_host", design.core});
  const auto set = [&](const std::string& name, auto value) {
    design.parameters[name] = std::to_string(value);
  };
  set("Inputs", lstm.inputs);
  set("Steps", layers.steps);
  set("Units", lstm.units);
  set("Outputs", layers.linear.weight.rows());
  set("WeightBits", engine.weight_bits);
  set("AccWidth", engine.acc_width);
  set("PreShift", lstm.pre_shift);
  set("CellFrac", lstm.cell_frac);
  set("NormShift", golden::norm_shift(lstm));
  set("Threshold", lstm.threshold);
  set("Initial", lstm.initial_h.empty() && lstm.initial_c.empty() ? 0 : 1);
  set("LogitShift", layers.linear.logit_shift);
  design.writes = writes_of(layers, engine);
  design.inputs = layers.steps * lstm.inputs;
  design.outputs = static_cast<int>(layers.linear.weight.rows());
  design.result_bytes = kResultBytes * design.outputs;
  design.resources = least_resources(layers);
  design.network =
      fmt::format("{} steps of {} inputs, {} units, {} outputs, {} weights", layers.steps,
                  lstm.inputs, lstm.units, design.outputs, golden::name_of(lstm.weight_format));
  for (int stream = 0; stream < input.streams; ++stream)
    design.vectors.push_back(vector_of(layers, engine, input, stream));
  return design;
}

}  // namespace lacuna::sim
