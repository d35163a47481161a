// SPDX-License-Identifier: Apache-2.0
// Engines as designs: their netlists run in the co-simulation of a network.
#include <fmt/format.h>

#include <algorithm>

#include "golden/error.h"
#include "sim/fc/gates.h"
#include "sim/fc/regression.h"
#include "sim/lstm/gates.h"
#include "sim/lstm/regression.h"
#include "sim/network/cosim.h"
#include "sim/network/fc_cosim.h"
#include "sim/network/sc_cosim.h"
#include "sim/sc/gates.h"
#include "sim/sc/regression.h"
#include "sim/silicon/design.h"

namespace lacuna::sim {
namespace {

/// The configuration with gates in the place of its RTL.
template <typename Configuration>
Configuration with_gates(Configuration configuration, GateSimulation& gates) {
  const auto engine = configuration.engine;
  configuration.make = [&gates, engine](std::uint64_t seed) {
    return make_gates(gates, engine, seed);
  };
  return configuration;
}

struct Subject {
  golden::Bundle network;
  InputRequest input;
};

/// The network that was asked for, or the drawn one with so many streams or images.
template <typename Draw>
Subject subject(const WorkloadRequest& request, int streams, int steps, Draw draw) {
  Subject made{{}, request.input};
  if (request.network) {
    made.network = golden::read_bundle(*request.network);
  } else if (request.input.file) {
    throw Error("--input", "is of a network", "name it with --network");
  } else {
    made.network = draw(request.input.seed);
    made.input.streams = streams;
    made.input.steps = steps;
  }
  return made;
}

std::string describe(const WorkloadRequest& request, const std::string& input) {
  if (!request.network) return "drawn network, input " + input;
  return request.network->filename().string() + ", input " + input;
}

constexpr int kDrawnImages = 3;

/// Sizes of a drawn fully-connected workload, as shares of what the engine takes.
struct FcDraw {
  double inputs = 1, outputs = 1;
  int images = kDrawnImages;
};
constexpr FcDraw kFcDraws[kDrawnWorkloads] = {{1, 1, kDrawnImages}, {1, 0.5, 1}, {0.25, 1, 4},
                                              {0.5, 0.1, 2},        {0.1, 1, 3}, {1, 1, 1}};

GateRun run_fc(const FcConfiguration& configuration, GateSimulation& gates,
               const WorkloadRequest& request) {
  const golden::FcEngine& engine = configuration.engine;
  const FcDraw& draw = kFcDraws[request.drawn];
  const Subject of = subject(request, draw.images, 0, [&](std::uint64_t seed) {
    const int most = 1 << engine.index_bits;
    const auto share = [](double part, int of_most) {
      return std::max(1, static_cast<int>(part * of_most));
    };
    const int inputs = engine.masked ? most : std::min(most, engine.depth);
    golden::Bundle bundle;
    const FcCase which{configuration.name, configuration.name, seed, share(draw.inputs, inputs),
                       share(draw.outputs, engine.outputs)};
    bundle.layers.emplace_back(draw_layer(which));
    return bundle;
  });
  FcCosimOptions options;
  options.kind = kind_of(engine);
  options.platform.seed = request.input.seed;
  std::optional<std::size_t> placed;
  for (const golden::Layer& layer : of.network.layers) {
    const auto* dense = std::get_if<golden::FcLayer>(&layer);
    if (dense == nullptr)
      throw Error(configuration.name, "does not run this network", "name a fully-connected one");
    FcConfiguration chosen =
        request.network ? fc_configuration_for(*dense, options.kind) : configuration;
    if (!placed && chosen.name == configuration.name) {
      chosen = with_gates(chosen, gates);
      placed = options.configurations.size();
    }
    options.configurations.push_back(std::move(chosen));
  }
  if (!placed)
    throw Error(configuration.name, "is not what any layer of the network runs on",
                "name the configuration of one with TOP:CONFIGURATION");
  const FcCosimResult result =
      cosimulate_fc(of.network, read_network_input(of.network, of.input), options);
  return {describe(request, result.input), result.vectors(), result.difference,
          gate_events(result.layers[*placed])};
}

GateRun run_sc(const ScConfiguration& configuration, GateSimulation& gates,
               const WorkloadRequest& request) {
  constexpr int kStates = 20;
  constexpr std::pair<int, int> kDraws[kDrawnWorkloads] = {
      // images, length
      {kDrawnImages, 40}, {1, 100}, {6, 8}, {2, 60}, {12, 3}, {4, 20}};
  const auto [images, length] = kDraws[request.drawn];
  const Subject of = subject(request, images, 0, [&, length = length](std::uint64_t seed) {
    const ScCase which{configuration.name, configuration.name, seed, length, kStates};
    return draw_network(which);
  });
  ScCosimOptions options;
  options.configuration = with_gates(configuration, gates);
  options.platform.seed = request.input.seed;
  const ScCosimResult result =
      cosimulate_sc(of.network, read_network_input(of.network, of.input), options);
  return {describe(request, result.input), result.images, result.difference, gate_events(result)};
}

/// Sizes of a drawn recurrent workload: words of the last block, blocks before it, inputs, steps.
struct LstmDraw {
  int words = 1, blocks = 0, inputs = 1, steps = 1;
};
constexpr LstmDraw kLstmDraws[kDrawnWorkloads] = {{1, 2, 9, 3},  {4, 0, 64, 4}, {1, 0, 8, 12},
                                                  {16, 0, 4, 1}, {8, 0, 2, 3},  {2, 0, 100, 3}};

/// A layer whose weights are of the engine's own format: the first seed's that has them.
golden::LstmLayer draw_own(LstmCase which, const golden::LstmEngine& engine) {
  const auto own = golden::weight_format_of_bits(engine.weight_bits);
  golden::LstmLayer layer = draw_layer(which);
  while (layer.weight_format != own) {
    ++which.seed;
    layer = draw_layer(which);
  }
  return layer;
}

GateRun run_lstm(const LstmConfiguration& configuration, GateSimulation& gates,
                 const WorkloadRequest& request) {
  const golden::LstmEngine& engine = configuration.engine;
  const LstmDraw& draw = kLstmDraws[request.drawn];
  const Subject of = subject(request, engine.batch, draw.steps, [&](std::uint64_t seed) {
    LstmCase which;
    which.name = which.configuration = configuration.name;
    which.seed = seed;
    // One unit more or fewer than whole words.
    const int words = draw.blocks * engine.depth + std::min(draw.words, engine.depth);
    which.units = std::clamp(words * engine.slots() - 1, 1, engine.max_units);
    which.inputs = std::min(engine.max_inputs, draw.inputs);
    which.streams = engine.batch;
    golden::Bundle bundle;
    bundle.layers.emplace_back(draw_own(which, engine));
    return bundle;
  });
  CosimOptions options;
  options.configuration = with_gates(configuration, gates);
  options.platform.seed = request.input.seed;
  const CosimResult result =
      cosimulate(of.network, read_network_input(of.network, of.input), options);
  return {describe(request, result.input), result.vectors(), result.difference(),
          gate_events(result)};
}

template <typename Configuration, typename Run>
void add(std::vector<SiliconDesign>& designs, const std::vector<Configuration>& configurations,
         const std::string& folder, Run run) {
  for (const Configuration& configuration : configurations) {
    SiliconDesign design;
    design.top = configuration.engine.top;
    design.name = configuration.name;
    design.file_list = folder + "/" + design.top + ".f";
    design.parameters = rtl_parameters(configuration.engine);
    design.engine = true;
    design.run = [&configuration, run](GateSimulation& gates, const Parameters& /*fixed*/,
                                       const WorkloadRequest& request) {
      return run(configuration, gates, request);
    };
    designs.push_back(std::move(design));
  }
}

}  // namespace

std::vector<SiliconDesign> engine_designs() {
  std::vector<SiliconDesign> designs;
  add(designs, lstm_configurations(), "lstm", run_lstm);
  add(designs, fc_configurations(), "fc", run_fc);
  add(designs, sc_configurations(), "sc", run_sc);
  std::stable_partition(designs.begin(), designs.end(), [](const SiliconDesign& design) {
    return design.name.rfind("small", 0) == 0;
  });
  return designs;
}

}  // namespace lacuna::sim
