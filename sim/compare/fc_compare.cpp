// SPDX-License-Identifier: Apache-2.0
#include "sim/compare/fc_compare.h"

#include <fmt/format.h>

#include "golden/error.h"
#include "sim/report/table.h"

namespace lacuna::sim {
namespace {

constexpr FcKind kKinds[] = {FcKind::kDense, FcKind::kMasked, FcKind::kSkip, FcKind::kParallel};

const char* text_of(FcKind kind) {
  switch (kind) {
    case FcKind::kDense:
      return "all";
    case FcKind::kMasked:
      return "mask";
    case FcKind::kParallel:
      return "all at once";
    case FcKind::kSkip:
      break;
  }
  return "mask skipped";
}

double speedup(const FcEngineRun& baseline, const FcEngineRun& run) {
  return static_cast<double>(baseline.result.cycles) / static_cast<double>(run.result.cycles);
}

double weight_bytes(const FcCosimResult& result) {
  double bits = 0;
  for (const auto& layer : result.layers) bits += static_cast<double>(layer.weight_bits);
  return bits / 8;
}

/// Against all connections in the same number of bits.
double weight_memory_saved(const FcCosimResult& result) {
  double all = 0;
  for (const auto& layer : result.layers)
    all += static_cast<double>(layer.inputs) * layer.outputs * layer.engine.weight_bits;
  return 1 - 8 * weight_bytes(result) / all;
}

}  // namespace

std::vector<FcEngineRun> compare_fc(const golden::Bundle& bundle, const NetworkInput& input,
                                    const FcPlatformOptions& options,
                                    const Technology& technology) {
  std::vector<FcEngineRun> runs;
  for (const FcKind kind : kKinds) {
    if (!fits(bundle, kind)) continue;
    FcEngineRun run;
    run.kind = kind;
    FcCosimOptions cosim;
    cosim.kind = kind;
    cosim.platform = options;
    run.result = cosimulate_fc(bundle, input, cosim);
    if (!run.result.difference.empty()) throw CheckFailed(run.result.difference);
    run.energy = fc_energy(run.result, technology);
    runs.push_back(std::move(run));
  }
  if (runs.empty()) {
    throw Error("bundle", "fits no configuration of the fully-connected engine",
                "add one to sim/fc/configurations.json");
  }
  return runs;
}

nlohmann::ordered_json fc_compare_rows(const std::string& bundle,
                                       const std::vector<FcEngineRun>& runs,
                                       const Technology& technology) {
  nlohmann::ordered_json rows = nlohmann::ordered_json::array();
  const FcEngineRun& first = runs.front();
  for (const FcEngineRun& run : runs) {
    nlohmann::ordered_json parts;
    for (const auto& part : run.energy.parts)
      parts[part.part] = {{"events", part.events}, {"joule", part.joule}};
    std::vector<std::string> configurations;
    for (const auto& layer : run.result.layers) configurations.push_back(layer.configuration);
    const auto format = golden::weight_format_of_bits(run.result.layers.front().engine.weight_bits);
    rows.push_back({{"bundle", bundle},
                    {"engine", "fc"},
                    {"top", run.result.layers.front().engine.top},
                    {"configurations", configurations},
                    {"weight_format", golden::name_of(format)},
                    {"skip_states", "none"},
                    {"connections", text_of(run.kind)},
                    {"batch", run.result.images},
                    {"seed", run.result.seed},
                    {"cycles", run.result.cycles},
                    {"cycles_baseline", first.result.cycles},
                    {"cycles_roofline", run.result.roofline()},
                    {"speedup", speedup(first, run)},
                    {"utilisation", run.result.utilisation()},
                    {"vectors_compared", run.result.vectors()},
                    {"weight_memory_bits", 8 * weight_bytes(run.result)},
                    {"weight_memory_saved", weight_memory_saved(run.result)},
                    {"baseline", text_of(first.kind)},
                    {"energy_joule", run.energy.total()},
                    {"energy_ratio", first.energy.total() / run.energy.total()},
                    {"energy_pe_joule", run.energy.pe},
                    {"energy_engine_joule", run.energy.engine},
                    {"energy_parts", std::move(parts)},
                    {"energy_method", "counted events x table, dynamic only"},
                    {"library", technology.name},
                    {"library_voltage", technology.entries.front().voltage},
                    {"library_node", technology.entries.front().node},
                    {"dram_bytes", 0}});
    nlohmann::ordered_json layers = nlohmann::ordered_json::array();
    for (std::size_t at = 0; at < run.result.layers.size(); ++at) {
      const FcLayerResult& layer = run.result.layers[at];
      layers.push_back({{"name", layer.name},
                        {"cycles_taken", layer.taken()},
                        {"speedup", static_cast<double>(first.result.layers[at].taken()) /
                                        static_cast<double>(layer.taken())}});
    }
    rows.back()["layers"] = std::move(layers);
  }
  return rows;
}

std::string fc_compare_table(const std::string& bundle, const std::vector<FcEngineRun>& runs) {
  Table table({{"connections", Align::kLeft},
               {"weights", Align::kLeft},
               {"cycles"},
               {"speed-up"},
               {"utilisation"},
               {"energy, uJ"},
               {"less energy"},
               {"KB of weights"}});
  const FcEngineRun& first = runs.front();
  for (const FcEngineRun& run : runs) {
    const auto format = golden::weight_format_of_bits(run.result.layers.front().engine.weight_bits);
    table.add_row({text_of(run.kind), golden::name_of(format), std::to_string(run.result.cycles),
                   fmt::format("{:.2f}x", speedup(first, run)),
                   fmt::format("{:.4f}", run.result.utilisation()),
                   fmt::format("{:.3f}", run.energy.total() * 1e6),
                   fmt::format("{:.2f}x", first.energy.total() / run.energy.total()),
                   fmt::format("{:.1f}", weight_bytes(run.result) / 1e3)});
  }
  return fmt::format(
      "{}:\n{} images of {},\nevery activation of every layer equal to golden.\n\n{}"
      "Cycles of all layers in a chain; \"all\" has no mask and stores a 0 for a missing\n"
      "connection, \"mask\" is P5's engine, \"mask skipped\" ours, \"all at once\" has a\n"
      "multiplier for each connection.\n",
      bundle, first.result.images, first.result.input, table.str());
}

}  // namespace lacuna::sim
