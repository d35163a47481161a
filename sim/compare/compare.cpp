// SPDX-License-Identifier: Apache-2.0
#include "sim/compare/compare.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

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

/// The comparison of the widest weights at this batch: its dense run is what others are held
/// against.
const Comparison& first_of(const std::vector<Comparison>& comparisons, int batch) {
  return *std::find_if(comparisons.begin(), comparisons.end(),
                       [&](const Comparison& one) { return one.batch == batch; });
}

double over(const CosimResult& baseline, const CosimResult& result) {
  return static_cast<double>(baseline.cycles()) / static_cast<double>(result.cycles());
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

std::vector<Comparison> compare(const golden::Bundle& bundle, const CompareRequest& request,
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

  std::vector<Comparison> comparisons;
  for (const int batch : request.batches) {
    InputRequest streams = request.input;
    streams.streams = batch;
    const NetworkInput input = read_network_input(bundle, streams);
    for (const LstmConfiguration& configuration : request.configurations) {
      CosimOptions options = request.cosim;
      Comparison one;
      one.batch = batch;
      one.format = golden::weight_format_of_bits(configuration.engine.weight_bits);
      for (const auto& units : dead) one.dead += units.size();
      options.configuration = configuration;
      one.sparse = cosimulate(bundle, input, options);
      must_agree(one.sparse);
      options.configuration = dense_twin(configuration);
      one.dense = cosimulate(smaller, input, options);
      must_agree(one.dense);
      one.sparse_energy = lstm_energy(one.sparse, technology);
      one.dense_energy = lstm_energy(one.dense, technology);
      comparisons.push_back(std::move(one));
    }
  }
  return comparisons;
}

nlohmann::ordered_json compare_rows(const std::string& bundle,
                                    const std::vector<Comparison>& comparisons,
                                    const Technology& technology) {
  nlohmann::ordered_json rows = nlohmann::ordered_json::array();
  for (const auto& one : comparisons) {
    const Comparison& first = first_of(comparisons, one.batch);
    for (const bool skip : {false, true}) {
      const CosimResult& result = skip ? one.sparse : one.dense;
      const LstmEnergy& energy = skip ? one.sparse_energy : one.dense_energy;
      nlohmann::ordered_json parts;
      for (const auto& part : energy.parts)
        parts[part.part] = {{"events", part.events}, {"joule", part.joule}};
      rows.push_back({{"bundle", bundle},
                      {"engine", "lstm"},
                      {"top", result.top},
                      {"configuration", result.configuration},
                      {"weight_format", golden::name_of(one.format)},
                      {"skip_states", skip ? "zero" : "none"},
                      {"connections", "all"},
                      {"batch", one.batch},
                      {"steps", result.steps},
                      {"seed", result.seed},
                      {"latency", result.latency},
                      {"cycles", result.cycles()},
                      {"cycles_baseline", one.dense.cycles()},
                      {"cycles_roofline", result.roofline()},
                      {"speedup", skip ? one.speedup() : 1.0},
                      {"weight_format_first", golden::name_of(first.format)},
                      {"cycles_first_dense", first.dense.cycles()},
                      {"speedup_over_first_dense", over(first.dense, result)},
                      {"utilisation", result.utilisation()},
                      {"vectors_compared", result.vectors()},
                      {"kept_state_columns_per_step", state_columns(result)},
                      {"dead_units_removed", skip ? 0 : one.dead},
                      {"energy_joule", energy.total()},
                      {"energy_ratio", skip ? one.energy_ratio() : 1.0},
                      {"energy_pe_joule", energy.pe},
                      {"energy_pe_with_sums_joule", energy.pe_with_sums},
                      {"energy_engine_joule", energy.engine},
                      {"energy_dram_joule", energy.dram},
                      {"energy_parts", std::move(parts)},
                      {"energy_method", "counted events x table, dynamic only"},
                      {"library", technology.name},
                      {"library_voltage", technology.entries.front().voltage},
                      {"library_node", technology.entries.front().node},
                      {"dram_bytes", static_cast<std::uint64_t>(energy.parts.back().events)}});
    }
  }
  return rows;
}

std::string compare_table(const std::string& bundle, const std::vector<Comparison>& comparisons) {
  std::string text;
  const Comparison* first = nullptr;
  std::optional<Table> table;
  const auto finish = [&] {
    if (table) text += fmt::format("Batch {}:\n{}\n", first->batch, table->str());
  };
  for (const auto& one : comparisons) {
    if (first == nullptr || first->batch != one.batch) {
      finish();
      first = &one;
      table.emplace(std::vector<Column>{{"weights", Align::kLeft},
                                        {"states", Align::kLeft},
                                        {"columns of h"},
                                        {"cycles"},
                                        {"utilisation"},
                                        {"speed-up"},
                                        {"energy, uJ"},
                                        {"less energy"},
                                        {"MB of weights"}});
    }
    const auto row = [&](const char* states, const CosimResult& result, const LstmEnergy& energy) {
      table->add_row({golden::name_of(one.format), states,
                      fmt::format("{:.1f}", state_columns(result)), std::to_string(result.cycles()),
                      fmt::format("{:.4f}", result.utilisation()),
                      fmt::format("{:.2f}x", over(first->dense, result)),
                      fmt::format("{:.3f}", energy.total() * 1e6),
                      fmt::format("{:.2f}x", first->dense_energy.total() / energy.total()),
                      fmt::format("{:.2f}", energy.parts.back().events / 1e6)});
    };
    row("all", one.dense, one.dense_energy);
    row("kept", one.sparse, one.sparse_energy);
  }
  finish();
  const auto& any = comparisons.front();
  const auto& own = comparisons.back();
  return fmt::format(
      "{}:\n{} steps of {}, every state equal to golden.\n\n{}"
      "Speed-up and energy against the first row. \"kept\" skips states that are zero;\n"
      "\"all\" skips nothing, in the same network without its {} units that are always\n"
      "zero. All rows run the same weights. Skipping alone, {} weights at batch {}:\n"
      "{:.2f}x; the paper (P3, another network, hardware reconstructed) up to {}x.\n",
      bundle, any.sparse.steps, any.sparse.input, text, any.dead, golden::name_of(own.format),
      own.batch, own.speedup(), kPaperSpeedup);
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
