// SPDX-License-Identifier: Apache-2.0
// Fully-connected layers on a shell.
#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <optional>

#include "golden/error.h"
#include "sim/fc/configuration.h"
#include "sim/fc/gates.h"
#include "sim/fpga/block_ram.h"
#include "sim/fpga/shell_design.h"
#include "sim/fpga/sizes.h"

namespace lacuna::sim {
namespace {

constexpr int kInLanes = 4, kOutLanes = 4;
constexpr std::int64_t kNeuronLuts = 60;
constexpr int kMostAddedBits = 2;  ///< of a weight that is added or subtracted, not multiplied

golden::FcEngine engine_for(const golden::FcLayer& layer) {
  golden::FcEngine engine;
  engine.masked = layer.mask.has_value();
  engine.groups = layer.mask ? layer.mask->groups : layer.outputs;
  const int step = std::lcm(engine.groups, kOutLanes);
  engine.outputs = (layer.outputs + step - 1) / step * step;
  if (!engine.masked) engine.groups = engine.outputs;
  engine.in_lanes = kInLanes;
  engine.out_lanes = kOutLanes;
  engine.index_bits = std::max(3, bits_for(layer.inputs));
  engine.depth = layer.memory_depth();
  engine.weight_bits = golden::weight_bits(layer.weight_format);
  engine.acc_width = std::max(layer.accumulator_bits(), engine.weight_bits + 9);
  engine.lfsr_bits = layer.mask ? layer.mask->bits : engine.index_bits;
  engine.all_states = !layer.mask || layer.mask->kind == golden::LfsrKind::kAllStates;
  return engine;
}

/// Beats of y of a run, image by image.
std::vector<Beat> activations_of(const FcWorkload& workload, const FcImages& run) {
  const FcLayerWorkload& layer = workload.layers.front();
  const auto outputs = static_cast<std::size_t>(layer.outputs);
  const auto lanes = static_cast<std::size_t>(layer.engine.out_lanes);
  std::vector<Beat> beats;
  for (std::size_t image = 0; image < run.images(); ++image) {
    for (std::size_t beat = 0; beat <= layer.settings.last_beat; ++beat) {
      BitWriter bits;
      for (std::size_t output = beat * lanes; output < std::min(outputs, (beat + 1) * lanes);
           ++output)
        bits.put(static_cast<std::uint16_t>(run.expected.front()[image * outputs + output]), 16);
      beats.push_back(bits.beat());
    }
  }
  return beats;
}

}  // namespace

void design_fc(ShellDesign& design, const golden::Bundle& bundle, const std::string& file,
               const NetworkInput& input, const ShellRoom& room) {
  std::optional<golden::FcEngine> engine;
  std::vector<std::int8_t> x = images_of(input);
  bool chained = true;
  for (const golden::Layer& any : bundle.layers) {
    const auto* layer = std::get_if<golden::FcLayer>(&any);
    if (layer == nullptr)
      throw Error(file, "has a layer that the fully-connected engine does not run");
    if (!engine) {
      engine = engine_for(*layer);
      const std::string reason = misfit(*layer, *engine);
      if (!reason.empty()) throw Error(file, "layer " + layer->name + " does not fit: " + reason);
      if (engine->outputs > room.elements) {
        throw Error(file,
                    fmt::format("layer {} has {} neurons, the board takes {}", layer->name,
                                engine->outputs, room.elements),
                    "choose a smaller network or a larger board");
      }
    }
    if (!chained || !misfit(*layer, *engine).empty()) {
      chained = false;
      design.elsewhere.push_back(layer->name);
      continue;
    }
    FcWorkload workload = make_workload(std::vector<golden::FcLayer>{*layer}, {*engine});
    add_images(workload, {*layer}, x);
    const FcImages& run = workload.runs.front();
    add_runs(design, layer->name, shell_work(workload), {activations_of(workload, run)});
    x.assign(run.expected.front().begin(), run.expected.front().end());
  }
  design.top = "lac_shell_fc";
  design.engine = engine->top;
  for (const auto& [name, value] : rtl_parameters(*engine)) design.parameters[name] = value;
  const int neurons = engine->outputs / engine->groups;  // that share a memory of weights
  const std::vector<MemoryShape> memories(
      static_cast<std::size_t>(engine->groups),
      {std::int64_t{neurons} * engine->weight_bits, engine->depth});
  design.resources = {{"LUTs", engine->outputs * kNeuronLuts},
                      {"block RAMs", block_rams(memories)}};
  if (engine->weight_bits > kMostAddedBits) design.resources["DSPs"] = engine->outputs;
  design.network = fmt::format("{} neurons of {}-bit weights, {} masks", engine->outputs,
                               engine->weight_bits, engine->masked ? engine->groups : 0);
}

}  // namespace lacuna::sim
