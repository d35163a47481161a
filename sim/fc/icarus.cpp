// SPDX-License-Identifier: Apache-2.0
#include "sim/fc/icarus.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "golden/error.h"
#include "sim/common/icarus.h"

namespace lacuna::sim {
namespace {

namespace fs = std::filesystem;

/// @return beats of x
std::size_t write_vectors(const fs::path& folder, const FcWorkload& workload) {
  const FcLayerWorkload& layer = workload.layers.front();
  const auto& engine = layer.engine;
  std::vector<Beat> seeds, places, weights, table, x;
  for (const std::uint32_t seed : layer.seeds) seeds.push_back({seed});
  for (const FcWeightWord& word : layer.weights) {
    places.push_back({word.address, word.group});
    weights.push_back(word.data);
  }
  for (const FcImages& run : workload.runs) {
    table.push_back(
        {static_cast<std::uint32_t>(run.x.size()), static_cast<std::uint32_t>(run.images())});
    x.insert(x.end(), run.x.begin(), run.x.end());
  }
  write_hex(folder / "seeds.hex", seeds, engine.lfsr_bits);
  write_hex(folder / "places.hex", places, 64);
  write_hex(folder / "weights.hex", weights, engine.neurons() * engine.weight_bits);
  write_hex(folder / "param.hex", layer.parameters, engine.out_lanes * 48);
  write_hex(folder / "runs.hex", table, 64);
  write_hex(folder / "x.hex", x, engine.in_lanes * 8);
  return x.size();
}

void compile(IcarusBench& bench, const FcWorkload& workload, std::size_t x_beats) {
  const FcLayerWorkload& layer = workload.layers.front();
  const auto& engine = layer.engine;
  const auto& settings = layer.settings;
  bench.set("Outputs", engine.outputs);
  bench.set("Groups", engine.groups);
  bench.set("InLanes", engine.in_lanes);
  bench.set("OutLanes", engine.out_lanes);
  bench.set("IndexWidth", engine.index_bits);
  bench.set("Depth", engine.depth);
  bench.set("WeightBits", engine.weight_bits);
  bench.set("AccWidth", engine.acc_width);
  bench.set("Masked", engine.masked ? 1 : 0);
  bench.set("LfsrBits", engine.lfsr_bits);
  bench.set("AllStates", engine.all_states ? 1 : 0);
  bench.set("Skip", engine.skip ? 1 : 0);
  bench.set("Ahead", engine.ahead);
  bench.set("FifoLog2", engine.fifo_log2);
  bench.set("LastInput", settings.last_input);
  bench.set("LastBeat", settings.last_beat);
  bench.set("Threshold", settings.threshold);
  bench.set("Shift", settings.shift);
  bench.set("Relu", settings.relu ? 1 : 0);
  bench.set("Seeds", layer.seeds.size());
  bench.set("Weights", layer.weights.size());
  bench.set("Runs", workload.runs.size());
  bench.set("XBeats", x_beats);
  bench.compile();
}

void read_cycles(const fs::path& file, const FcWorkload& workload, FcRunResult& result) {
  std::ifstream in(file);
  bool done = false;
  for (std::string line; std::getline(in, line);) {
    std::istringstream words(line);
    if (line == "done") {
      done = true;
    } else if (line.rfind("clocks ", 0) == 0) {
      words.ignore(7) >> result.clocks;
    } else if (line == "stuck" || line == "leftover") {
      throw CheckFailed(fmt::format(
          "engine {}: {} in run {} on Icarus", workload.layers.front().engine.top,
          line == "stuck" ? "stuck" : "input left over", result.layers.front().runs.size()));
    } else {
      for (auto& count : result.layers.front().runs.emplace_back().cycles) words >> count;
    }
  }
  if (!done) throw Error("vvp", "ended before the vectors did");
}

/// A beat's digits without those of lanes beyond the layer's outputs: their weights were never
/// written, so they are unknown.
std::string used_digits(const std::string& data, const FcLayerWorkload& layer, std::size_t beat) {
  constexpr std::size_t kLaneDigits = 4;
  const auto lanes = static_cast<std::size_t>(layer.engine.out_lanes);
  const std::size_t first = beat % (layer.settings.last_beat + 1) * lanes;
  const std::size_t used = std::min(lanes, static_cast<std::size_t>(layer.outputs) - first);
  return data.substr(data.size() - std::min(data.size(), used * kLaneDigits));
}

void check_activations(const fs::path& file, const FcWorkload& workload, FcRunResult& result) {
  const std::string where = fmt::format("engine {}: y", workload.layers.front().engine.top);
  std::ifstream in(file);
  ActivationChecker checker(workload, 0);
  std::size_t beats = 0;
  for (std::size_t run = 0; run < workload.runs.size() && !checker.mismatch(); ++run) {
    checker.begin(run);
    auto& out = result.layers.front().runs[run].out;
    while (!checker.complete() && !checker.mismatch()) {
      std::string data;
      bool last = false;
      std::uint64_t cycle = 0;
      if (!(in >> data >> last >> cycle))
        throw CheckFailed(where + " on Icarus ends early, or its last beat is unknown");
      checker.check(parse_hex(used_digits(data, workload.layers.front(), beats++), where), last);
      if (checker.image() > out.size()) out.push_back(cycle);
    }
  }
  result.layers.front().images_compared = checker.images();
  result.mismatch = checker.mismatch();
}

}  // namespace

FcRunResult run_icarus(const FcConfiguration& configuration, const FcWorkload& workload,
                       const FcPlatformOptions& options) {
  if (workload.layers.size() != 1) throw Error("icarus", "plays one layer", "use verilator");
  for (const FcImages& run : workload.runs) {
    if (run.reset_after != 0) throw Error("icarus", "plays no reset within a run", "use verilator");
  }
  if (!options.wave.empty()) throw Error("icarus", "has no waves", "use --simulator verilator");
  IcarusBench bench("fc", "lac_fc_tb", configuration.engine.top);
  compile(bench, workload, write_vectors(bench.folder(), workload));
  FcRunResult result;
  result.layers.resize(1);
  result.seconds = bench.run(fmt::format(
      "+stall={} +seed={}", static_cast<int>(options.stall * 1024), options.seed % 0x7FFFFFFF));
  read_cycles(bench.folder() / "cycles.txt", workload, result);
  check_activations(bench.folder() / "y.txt", workload, result);
  return result;
}

}  // namespace lacuna::sim
