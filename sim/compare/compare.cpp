// SPDX-License-Identifier: Apache-2.0
#include "sim/compare/compare.h"

#include <fmt/format.h>

#include "golden/error.h"
#include "golden/network.h"
#include "golden/remove_units.h"
#include "golden/state_statistics.h"
#include "sim/report/table.h"

namespace lacuna::sim {
namespace {

constexpr double kPaperSpeedup = 5.2;
constexpr int kSurveyStreams = 64;  ///< side by side when looking for dead units

golden::Bundle without_dead_units(golden::Bundle bundle,
                                  const std::vector<std::vector<int>>& dead) {
  std::vector<std::string> names;
  for (const auto& layer : bundle.layers) {
    if (const auto* lstm = std::get_if<golden::LstmLayer>(&layer)) names.push_back(lstm->name);
  }
  for (std::size_t at = 0; at < names.size(); ++at) {
    if (!dead[at].empty()) bundle = golden::without_units(bundle, names[at], dead[at]);
  }
  return bundle;
}

/// Columns of h that are read, a step, over all layers.
double state_columns(const CosimResult& result) {
  double columns = 0;
  for (const auto& layer : result.layers)
    columns += static_cast<double>(layer.state_columns) / static_cast<double>(layer.steps);
  return columns;
}

void must_agree(const CosimResult& result) {
  const std::string difference = result.difference();
  if (!difference.empty()) throw CheckFailed(difference);
}

EngineRun run_engine(const golden::Bundle& bundle, const NetworkInput& input,
                     const CosimOptions& options, const Technology& technology) {
  EngineRun run;
  run.batch = input.streams;
  run.format = golden::weight_format_of_bits(options.configuration.engine.weight_bits);
  run.skips = options.configuration.engine.skip_zeros;
  run.result = cosimulate(bundle, input, options);
  must_agree(run.result);
  run.energy = lstm_energy(run.result, technology);
  return run;
}

/// One batch: a row a run, and below what skipping alone gives on each engine.
std::string batch_table(const Comparison& comparison, std::size_t begin, std::size_t end) {
  Table table({{"engine", Align::kLeft},
               {"states", Align::kLeft},
               {"columns of h"},
               {"cycles"},
               {"utilisation"},
               {"speed-up"},
               {"energy, uJ"},
               {"less energy"},
               {"MB of weights"}});
  std::string alone;
  const EngineRun& first = comparison[begin];
  for (std::size_t at = begin; at < end; ++at) {
    const EngineRun& run = comparison[at];
    table.add_row(
        {run.engine, run.skips ? "kept" : "all", fmt::format("{:.1f}", state_columns(run.result)),
         std::to_string(run.result.cycles()), fmt::format("{:.4f}", run.result.utilisation()),
         fmt::format("{:.2f}x", speedup(first, run)),
         fmt::format("{:.3f}", run.energy.total() * 1e6),
         fmt::format("{:.2f}x", energy_ratio(first, run)),
         fmt::format("{:.2f}", run.energy.parts.back().events / 1e6)});
    if (!run.skips) continue;
    alone += fmt::format("{}{} {:.2f}x", alone.empty() ? "" : ", ", run.engine,
                         speedup(comparison[run.dense], run));
  }
  if (!alone.empty()) alone = "Faster by skipping alone: " + alone + ".\n";
  return fmt::format("Batch {}:\n{}{}\n", first.batch, table.str(), alone);
}

}  // namespace

std::vector<std::vector<int>> dead_units(const golden::Bundle& bundle, const InputRequest& data) {
  const NetworkInput input = read_network_input(bundle, data);
  golden::Network network(bundle, input.streams);
  network.start(std::vector<int>(static_cast<std::size_t>(input.streams), input.steps));
  std::vector<golden::StateStatistics> statistics;
  for (const auto& lstm : network.lstm()) statistics.emplace_back(lstm.layer().units);
  const std::vector<bool> runs(static_cast<std::size_t>(input.streams), true);
  for (std::size_t step = 0; step < static_cast<std::size_t>(input.steps); ++step) {
    if (network.takes_symbols()) {
      std::vector<int> symbols;
      for (const auto& stream : input.symbols) symbols.push_back(stream[step]);
      network.step_symbols(symbols);
    } else {
      network.step(golden::encode_columns(input.dense[step], input.streams));
    }
    for (std::size_t at = 0; at < statistics.size(); ++at)
      statistics[at].add(network.lstm()[at].kept(), runs);
  }
  std::vector<std::vector<int>> dead;
  for (std::size_t at = 0; at < statistics.size(); ++at) {
    dead.push_back(statistics[at].dead_units());
    // A layer that never fires at all still needs a unit to be a layer.
    if (dead.back().size() == static_cast<std::size_t>(network.lstm()[at].layer().units))
      dead.back().pop_back();
  }
  return dead;
}

double speedup(const EngineRun& baseline, const EngineRun& run) {
  return static_cast<double>(baseline.result.cycles()) / static_cast<double>(run.result.cycles());
}

double energy_ratio(const EngineRun& baseline, const EngineRun& run) {
  return baseline.energy.total() / run.energy.total();
}

Comparison compare(const golden::Bundle& bundle, const CompareRequest& request,
                   const Technology& technology) {
  InputRequest survey = request.input;
  if (request.units_from) survey.file = request.units_from;
  if (survey.file) {
    survey.streams = kSurveyStreams;
    survey.fewer = true;
    survey.steps = kAllSteps;
  }
  const auto dead = dead_units(bundle, survey);
  const golden::Bundle smaller = without_dead_units(bundle, dead);

  Comparison comparison;
  for (const int batch : request.batches) {
    InputRequest streams = request.input;
    streams.streams = batch;
    const NetworkInput input = read_network_input(bundle, streams);
    const std::size_t first = comparison.size();
    for (const LstmConfiguration& configuration : request.configurations) {
      const auto add = [&](EngineRun run, std::size_t dense) {
        run.engine = configuration.name;
        run.first = first;
        run.dense = dense;
        comparison.push_back(std::move(run));
      };
      const bool skips = configuration.engine.skip_zeros;
      const std::size_t at = comparison.size();
      CosimOptions options = request.cosim;
      options.configuration = skips ? dense_twin(configuration) : configuration;
      EngineRun dense = run_engine(smaller, input, options, technology);
      for (const auto& units : dead) dense.dead += units.size();
      add(std::move(dense), at);
      options.configuration = configuration;
      if (skips) add(run_engine(bundle, input, options, technology), at);
    }
  }
  return comparison;
}

nlohmann::ordered_json compare_rows(const std::string& bundle, const Comparison& comparison,
                                    const Technology& technology) {
  nlohmann::ordered_json rows = nlohmann::ordered_json::array();
  for (const EngineRun& run : comparison) {
    const EngineRun& first = comparison[run.first];
    const EngineRun& dense = comparison[run.dense];
    nlohmann::ordered_json parts;
    for (const auto& part : run.energy.parts)
      parts[part.part] = {{"events", part.events}, {"joule", part.joule}};
    rows.push_back({{"bundle", bundle},
                    {"engine", "lstm"},
                    {"top", run.result.top},
                    {"configuration", run.result.configuration},
                    {"weight_format", golden::name_of(run.format)},
                    {"skip_states", run.skips ? "zero" : "none"},
                    {"connections", "all"},
                    {"batch", run.batch},
                    {"steps", run.result.steps},
                    {"seed", run.result.seed},
                    {"latency", run.result.latency},
                    {"cycles", run.result.cycles()},
                    {"cycles_baseline", dense.result.cycles()},
                    {"cycles_roofline", run.result.roofline()},
                    {"speedup", speedup(dense, run)},
                    {"weight_format_first", golden::name_of(first.format)},
                    {"cycles_first_dense", first.result.cycles()},
                    {"speedup_over_first_dense", speedup(first, run)},
                    {"utilisation", run.result.utilisation()},
                    {"vectors_compared", run.result.vectors()},
                    {"kept_state_columns_per_step", state_columns(run.result)},
                    {"dead_units_removed", run.dead},
                    {"energy_joule", run.energy.total()},
                    {"energy_ratio", energy_ratio(dense, run)},
                    {"energy_pe_joule", run.energy.pe},
                    {"energy_pe_with_sums_joule", run.energy.pe_with_sums},
                    {"energy_engine_joule", run.energy.engine},
                    {"energy_dram_joule", run.energy.dram},
                    {"energy_parts", std::move(parts)},
                    {"energy_method", "counted events x table, dynamic only"},
                    {"library", technology.name},
                    {"library_voltage", technology.entries.front().voltage},
                    {"library_node", technology.entries.front().node},
                    {"dram_bytes", static_cast<std::uint64_t>(run.energy.parts.back().events)}});
  }
  return rows;
}

std::string compare_table(const std::string& bundle, const Comparison& comparison) {
  std::string text;
  for (std::size_t begin = 0, end = 0; begin < comparison.size(); begin = end) {
    while (end < comparison.size() && comparison[end].first == begin) ++end;
    text += batch_table(comparison, begin, end);
  }
  const EngineRun& any = comparison.front();
  return fmt::format(
      "{}:\n{} steps of {}, every state equal to golden.\n\n{}"
      "Speed-up and energy against the first row. \"kept\" skips states that are zero;\n"
      "\"all\" skips nothing, in the same network without its {} units that are always\n"
      "zero. All rows run the same weights. By skipping alone the paper (P3, another\n"
      "network, hardware reconstructed) reports up to {}x.\n",
      bundle, any.result.steps, any.result.input, text, any.dead, kPaperSpeedup);
}

nlohmann::ordered_json memory_rows(const std::string& name, const golden::Bundle& bundle) {
  const double int12 = golden::weight_bits(golden::WeightFormat::kInt12);
  nlohmann::ordered_json rows = nlohmann::ordered_json::array();
  for (const auto& layer : bundle.layers) {
    const auto* lstm = std::get_if<golden::LstmLayer>(&layer);
    if (lstm == nullptr) continue;
    const auto weights = lstm->weight_x.size() + lstm->weight_h.size();
    const auto bits = lstm->weight_memory_bits();
    rows.push_back(
        {{"bundle", name},
         {"layer", lstm->name},
         {"weights", weights},
         {"weight_format", golden::name_of(lstm->weight_format)},
         {"weight_memory_bits", bits},
         {"below_int12", static_cast<double>(weights) * int12 / static_cast<double>(bits)},
         {"scale_and_shift_bits", lstm->constant_memory_bits()}});
  }
  return rows;
}

std::string memory_table(const nlohmann::ordered_json& rows) {
  Table table({{"layer", Align::kLeft},
               {"weights"},
               {"format", Align::kLeft},
               {"KB of weights"},
               {"below int12"},
               {"KB of scales and shifts"}});
  const auto kilobytes = [](const nlohmann::ordered_json& bits) {
    return fmt::format("{:.1f}", bits.get<double>() / 8e3);
  };
  for (const auto& row : rows) {
    table.add_row({row.at("layer"), row.at("weights").dump(), row.at("weight_format"),
                   kilobytes(row.at("weight_memory_bits")),
                   fmt::format("{:.1f}x", row.at("below_int12").get<double>()),
                   kilobytes(row.at("scale_and_shift_bits"))});
  }
  return "\n" + table.str();
}

}  // namespace lacuna::sim
