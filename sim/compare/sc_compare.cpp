// SPDX-License-Identifier: Apache-2.0
#include "sim/compare/sc_compare.h"

#include <fmt/format.h>

#include <filesystem>

#include "golden/error.h"
#include "sim/report/table.h"

namespace lacuna::sim {
namespace {

double an_image(std::uint64_t cycles, const ScEngineRun& run) {
  return static_cast<double>(cycles) / static_cast<double>(run.result.images);
}

double speedup(const ScEngineRun& baseline, const ScEngineRun& run) {
  return an_image(baseline.result.run.total(), baseline) / an_image(run.result.run.total(), run);
}

/// Per cent of the baseline's latency that an image takes more; below 0: less.
double latency_change(const ScEngineRun& baseline, const ScEngineRun& run) {
  return 100.0 * static_cast<double>(run.result.latency()) /
             static_cast<double>(baseline.result.latency()) -
         100;
}

double joule_an_image(const ScEngineRun& run) {
  return run.energy.total() / static_cast<double>(run.result.images);
}

}  // namespace

ScEngineRun compare_sc(const std::string& name, const golden::Bundle& bundle,
                       const NetworkInput& input, std::uint64_t seed,
                       const Technology& technology) {
  ScEngineRun run;
  run.bundle = name;
  ScCosimOptions options;
  options.platform.seed = seed;
  run.result = cosimulate_sc(bundle, input, options);
  if (!run.result.difference.empty()) throw CheckFailed(run.result.difference);
  run.energy = sc_energy(run.result, technology);
  return run;
}

nlohmann::ordered_json sc_compare_rows(const std::vector<ScEngineRun>& runs,
                                       const Technology& technology) {
  nlohmann::ordered_json rows = nlohmann::ordered_json::array();
  const ScEngineRun& first = runs.front();
  for (const ScEngineRun& run : runs) {
    nlohmann::ordered_json parts;
    for (const auto& part : run.energy.parts)
      parts[part.part] = {{"events", part.events}, {"joule", part.joule}};
    const auto baseline =
        an_image(first.result.run.total(), first) * static_cast<double>(run.result.images);
    rows.push_back({{"bundle", run.bundle},
                    {"engine", "sc"},
                    {"top", run.result.engine.top},
                    {"configurations", {run.result.configuration}},
                    {"weight_format", fmt::format("{} streams", run.result.engine.integral)},
                    {"skip_states", "none"},
                    {"connections", "all"},
                    {"batch", run.result.images},
                    {"seed", run.result.seed},
                    {"bipolar", run.result.engine.bipolar},
                    {"length", run.result.length},
                    {"latency", run.result.latency()},
                    {"latency_change", latency_change(first, run)},
                    {"cycles", run.result.run.total()},
                    {"cycles_baseline", baseline},
                    {"cycles_roofline", run.result.roofline()},
                    {"speedup", speedup(first, run)},
                    {"utilisation", run.result.utilisation()},
                    {"vectors_compared", run.result.run.images_compared},
                    {"bits_compared", run.result.run.bits_compared},
                    {"baseline", first.bundle},
                    {"energy_joule", run.energy.total()},
                    {"energy_ratio", joule_an_image(first) / joule_an_image(run)},
                    {"energy_pe_joule", run.energy.pe},
                    {"energy_engine_joule", run.energy.engine},
                    {"energy_parts", std::move(parts)},
                    {"energy_method", "counted events x table, dynamic only"},
                    {"library", technology.name},
                    {"library_voltage", technology.entries.front().voltage},
                    {"library_node", technology.entries.front().node},
                    {"dram_bytes", 0}});
  }
  return rows;
}

std::string sc_compare_table(const std::vector<ScEngineRun>& runs) {
  Table table({{"bundle", Align::kLeft},
               {"streams"},
               {"latency"},
               {"cycles an image"},
               {"speed-up"},
               {"uJ an image"}});
  for (const ScEngineRun& run : runs) {
    table.add_row({std::filesystem::path(run.bundle).stem().string(),
                   std::to_string(run.result.engine.integral), std::to_string(run.result.latency()),
                   fmt::format("{:.0f}", an_image(run.result.run.total(), run)),
                   fmt::format("{:.2f}x", speedup(runs.front(), run)),
                   fmt::format("{:.3f}", joule_an_image(run) * 1e6)});
  }
  return fmt::format(
      "Stochastic networks, {} images of {},\nevery bit between the layers equal to golden.\n\n{}",
      runs.front().result.images, runs.front().result.input, table.str());
}

}  // namespace lacuna::sim
