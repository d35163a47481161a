// SPDX-License-Identifier: Apache-2.0
// A stochastic network on a shell: the folded engine, since the parallel one fits no device of
// these boards.
#include <fmt/format.h>

#include <algorithm>

#include "golden/error.h"
#include "sim/fpga/block_ram.h"
#include "sim/fpga/shell_design.h"
#include "sim/sc/configuration.h"
#include "sim/sc/gates.h"

namespace lacuna::sim {
namespace {

constexpr int kInLanes = 4;
constexpr int kMostLanes = 100;  ///< of a word of codes that a record can carry
constexpr std::int64_t kLaneLuts = 30;

golden::ScEngine engine_for(const golden::Bundle& bundle, const ShellRoom& room) {
  golden::ScEngine engine;
  engine.top = "lac_folded_dnn";
  const auto layer = [&](std::size_t at) -> const golden::ScLayer& {
    return std::get<golden::ScLayer>(bundle.layers.at(at));
  };
  engine.inputs = layer(0).inputs;
  engine.hidden1 = layer(0).outputs;
  engine.hidden2 = layer(1).outputs;
  engine.outputs = layer(2).outputs;
  engine.integral = layer(0).integral;
  engine.in_lanes = kInLanes;
  engine.write_lanes = std::min(
      {kMostLanes, room.elements, std::max({engine.hidden1, engine.hidden2, engine.outputs})});
  return engine;
}

/// The memory of codes: for each bank of neurons of a layer a word an input and one for the bias.
MemoryShape codes_of(const golden::ScEngine& engine) {
  constexpr int kCodeBits = 11;
  const auto words = [&](int inputs, int outputs) {
    return (outputs + engine.write_lanes - 1) / engine.write_lanes * (inputs + 1);
  };
  return {std::int64_t{engine.write_lanes} * kCodeBits, words(engine.inputs, engine.hidden1) +
                                                            words(engine.hidden1, engine.hidden2) +
                                                            words(engine.hidden2, engine.outputs)};
}

}  // namespace

void design_sc(ShellDesign& design, const golden::Bundle& bundle, const std::string& file,
               const NetworkInput& input, std::uint64_t seed, const ShellRoom& room) {
  constexpr std::size_t kLayers = 3;
  if (bundle.layers.size() != kLayers ||
      !std::all_of(bundle.layers.begin(), bundle.layers.end(), [](const auto& layer) {
        return std::holds_alternative<golden::ScLayer>(layer);
      }))
    throw Error(file, "does not fit the folded engine", "it runs three stochastic layers");
  const golden::ScEngine engine = engine_for(bundle, room);
  const std::string reason = misfit(bundle, engine);
  if (!reason.empty()) throw Error(file, "does not fit the folded engine: " + reason);
  ScWorkload workload = make_workload(bundle, engine, seed);
  const golden::ScNetwork network(bundle, seed, engine.layer_delay());
  add_images(workload, network, images_of(input));
  std::vector<Beat> y;
  for (const golden::ScTrace& image : workload.runs.front().expected) {
    BitWriter bits;
    for (const std::int32_t sum : image.sums) bits.put(static_cast<std::uint32_t>(sum), 32);
    y.push_back(bits.beat());
  }
  add_runs(design, "network", shell_work(workload), {y});
  design.top = "lac_shell_sc";
  design.engine = engine.top;
  for (const auto& [name, value] : rtl_parameters(engine)) design.parameters[name] = value;
  design.parameters["Folded"] = 1;
  design.resources = {{"LUTs", std::int64_t{engine.write_lanes} * engine.integral * kLaneLuts},
                      {"block RAMs", block_rams({codes_of(engine)})}};
  design.network = fmt::format("{}-{}-{}-{}, {} streams a weight, {} cycles, {} neurons at work",
                               engine.inputs, engine.hidden1, engine.hidden2, engine.outputs,
                               engine.integral, workload.length, engine.write_lanes);
}

}  // namespace lacuna::sim
