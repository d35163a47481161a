// SPDX-License-Identifier: Apache-2.0
#include "sim/network/cosim.h"

#include <algorithm>
#include <numeric>

#include "golden/error.h"
#include "golden/overloaded.h"
#include "sim/lstm/icarus.h"

namespace lacuna::sim {
namespace {

/// What passes from layer to layer.
struct Signal {
  std::vector<std::vector<int>> symbols;
  std::vector<std::vector<std::int8_t>> dense;
};

LayerResult run_layer(const golden::LstmLayer& layer, Signal& signal, const NetworkInput& input,
                      const CosimOptions& options) {
  const LstmConfiguration& configuration = options.configuration;
  LstmWorkload workload = make_workload(layer, configuration.engine, options.latency);
  SequenceInput sequence;
  sequence.lengths.assign(static_cast<std::size_t>(input.streams), input.steps);
  sequence.symbols = std::move(signal.symbols);
  sequence.dense = std::move(signal.dense);
  signal = {};
  signal.dense = add_sequence(workload, layer, sequence);

  LayerResult result;
  result.name = layer.name;
  result.inputs = layer.inputs;
  result.units = layer.units;
  result.steps = workload.steps();
  result.engine = configuration.engine;
  result.run = options.simulator == Simulator::kIcarus
                   ? run_icarus(configuration, workload, options.platform)
                   : run_platform(configuration, workload, options.platform);
  result.model = model_cycles(workload);
  result.roofline = workload.roofline();
  result.kept_columns = workload.sequences.front().kept_columns;
  result.state_columns = workload.sequences.front().state_columns;
  result.zero_states = workload.sequences.front().zero_states;
  result.states = workload.sequences.front().states;
  result.events = workload.sequences.front().events;
  result.cycles_checked = options.platform.stall == 0 && options.platform.jitter == 0;
  if (result.run.mismatch) {
    result.difference = "layer " + layer.name + ": " + result.run.mismatch->str();
  } else if (result.cycles_checked) {
    const std::string cycles = cycle_difference(workload, result.run);
    if (!cycles.empty()) result.difference = "layer " + layer.name + ": " + cycles;
  }
  return result;
}

template <typename Figure>
auto sum_layers(const std::vector<LayerResult>& layers, const Figure& figure) {
  return std::accumulate(layers.begin(), layers.end(), decltype(figure(layers.front())){},
                         [&](auto sum, const LayerResult& layer) { return sum + figure(layer); });
}

}  // namespace

double LayerResult::utilisation() const { return roofline / static_cast<double>(run.total()); }

std::uint64_t CosimResult::cycles() const {
  return sum_layers(layers, [](const LayerResult& layer) { return layer.run.total(); });
}
std::uint64_t CosimResult::cycles_model() const {
  return sum_layers(layers, [](const LayerResult& layer) { return layer.model.total(); });
}
double CosimResult::roofline() const {
  return sum_layers(layers, [](const LayerResult& layer) { return layer.roofline; });
}
std::uint64_t CosimResult::vectors() const {
  return sum_layers(layers, [](const LayerResult& layer) { return layer.run.vectors_compared; });
}
double CosimResult::kilocycles_per_second() const {
  const auto clocks = sum_layers(layers, [](const LayerResult& layer) { return layer.run.clocks; });
  return static_cast<double>(clocks) / 1e3 /
         sum_layers(layers, [](const LayerResult& layer) { return layer.run.seconds; });
}
std::string CosimResult::difference() const {
  for (const auto& layer : layers) {
    if (!layer.difference.empty()) return layer.difference;
  }
  return {};
}

CosimResult cosimulate(const golden::Bundle& bundle, const NetworkInput& input,
                       const CosimOptions& options) {
  const LstmConfiguration& configuration = options.configuration;
  if (input.streams > configuration.engine.batch) {
    throw Error("--batch " + std::to_string(input.streams),
                "is more than configuration " + configuration.name + " has",
                "take at most " + std::to_string(configuration.engine.batch));
  }
  CosimResult result;
  result.top = configuration.engine.top;
  result.configuration = configuration.name;
  result.input = input.source;
  result.simulator = options.simulator;
  result.seed = options.platform.seed;
  result.streams = input.streams;
  result.steps = static_cast<std::uint64_t>(input.steps);
  result.latency = options.latency;
  const std::uint64_t vectors = result.steps * static_cast<std::uint64_t>(input.streams);
  const auto operations = [&](std::int64_t rows, std::int64_t columns) {
    return 2 * vectors * static_cast<std::uint64_t>(rows * columns);
  };
  Signal signal{input.symbols, input.dense};
  const golden::Overloaded run{
      [&](const golden::EmbeddingLayer& embedding) {
        signal = {{}, embed(embedding, input)};
      },
      [&](const golden::LstmLayer& lstm) {
        result.engine_operations += operations(4 * lstm.units, lstm.inputs + lstm.units);
        result.layers.push_back(run_layer(lstm, signal, input, options));
      },
      [&](const golden::LinearLayer& linear) {
        result.golden_operations += operations(linear.weight.rows(), linear.weight.cols());
      },
      [](const golden::ScLayer& sc) {
        throw Error(sc.name, "is of a stochastic network, not of a recurrent one");
      },
      [](const golden::FcLayer& fc) {
        throw Error(fc.name, "is of a fully-connected network, not of a recurrent one");
      }};
  for (const auto& layer : bundle.layers) {
    std::visit(run, layer);
    if (!result.difference().empty()) break;
  }
  if (result.layers.empty()) throw Error("bundle", "has no LSTM layer", "cosim runs those");
  return result;
}

}  // namespace lacuna::sim
