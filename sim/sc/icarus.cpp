// SPDX-License-Identifier: Apache-2.0
#include "sim/sc/icarus.h"

#include <fmt/format.h>

#include <fstream>
#include <sstream>

#include "golden/error.h"
#include "sim/common/icarus.h"

namespace lacuna::sim {
namespace {

namespace fs = std::filesystem;

/// @return beats of x
std::size_t write_vectors(const fs::path& folder, const ScWorkload& workload) {
  std::vector<Beat> seeds, places, codes, table, x;
  for (const ScSeed& seed : workload.seeds) seeds.push_back({seed.set, seed.index, seed.state});
  for (const ScCodeWord& word : workload.codes) {
    places.push_back({word.layer, word.bank, word.input});
    codes.push_back(word.codes);
  }
  for (const ScImages& run : workload.runs) {
    table.push_back({static_cast<std::uint32_t>(run.x.size()),
                     static_cast<std::uint32_t>(run.expected.size())});
    x.insert(x.end(), run.x.begin(), run.x.end());
  }
  write_hex(folder / "seeds.hex", seeds, 96);
  write_hex(folder / "places.hex", places, 96);
  write_hex(folder / "codes.hex", codes, workload.engine.write_lanes * golden::kStreamBits);
  write_hex(folder / "runs.hex", table, 64);
  write_hex(folder / "x.hex", x, workload.engine.in_lanes * 8);
  return x.size();
}

void compile(IcarusBench& bench, const ScWorkload& workload, std::size_t x_beats) {
  const golden::ScEngine& engine = workload.engine;
  bench.set("Inputs", engine.inputs);
  bench.set("Hidden1", engine.hidden1);
  bench.set("Hidden2", engine.hidden2);
  bench.set("Outputs", engine.outputs);
  bench.set("Bipolar", engine.bipolar ? 1 : 0);
  bench.set("Integral", engine.integral);
  bench.set("InLanes", engine.in_lanes);
  bench.set("WriteLanes", engine.write_lanes);
  bench.set("LastCycle", workload.settings.last);
  bench.set("States1", workload.settings.states1);
  bench.set("States2", workload.settings.states2);
  bench.set("Seeds", workload.seeds.size());
  bench.set("Codes", workload.codes.size());
  bench.set("Runs", workload.runs.size());
  bench.set("XBeats", x_beats);
  bench.compile();
}

void read_cycles(const fs::path& file, const ScWorkload& workload, ScRunResult& result) {
  std::ifstream in(file);
  bool done = false;
  for (std::string line; std::getline(in, line);) {
    std::istringstream words(line);
    if (line == "done") {
      done = true;
    } else if (line.rfind("clocks ", 0) == 0) {
      words.ignore(7) >> result.clocks;
    } else if (line == "stuck" || line == "leftover") {
      throw CheckFailed(fmt::format("engine {}: {} in run {} on Icarus", workload.engine.top,
                                    line == "stuck" ? "stuck" : "input left over",
                                    result.runs.size()));
    } else {
      for (auto& count : result.runs.emplace_back().cycles) words >> count;
    }
  }
  if (!done) throw Error("vvp", "ended before the vectors did");
}

void check_events(const fs::path& file, const ScWorkload& workload, ScRunResult& result) {
  const std::string where = fmt::format("engine {}: ", workload.engine.top);
  std::ifstream in(file);
  ScChecker checker(workload);
  for (std::size_t run = 0; run < workload.runs.size() && !checker.mismatch(); ++run) {
    checker.begin(run);
    while (!checker.complete() && !checker.mismatch()) {
      std::string what, data;
      if (!(in >> what >> data)) throw CheckFailed(where + "out on Icarus ends early");
      const Beat beat = parse_hex(data, where + (what == "y" ? "y" : "stream " + what));
      if (what == "y") {
        in >> result.runs[run].out.emplace_back();
        checker.put(beat);
      } else {
        checker.listen(what == "1" ? 0 : 1, beat);
      }
    }
  }
  result.images_compared = checker.images();
  result.bits_compared = checker.bits();
  result.mismatch = checker.mismatch();
}

}  // namespace

ScRunResult run_icarus(const ScConfiguration& configuration, const ScWorkload& workload,
                       const ScPlatformOptions& options) {
  for (const ScImages& run : workload.runs) {
    if (run.reset_after != 0) throw Error("icarus", "plays no reset within a run", "use verilator");
  }
  if (!options.wave.empty()) throw Error("icarus", "has no waves", "use --simulator verilator");
  IcarusBench bench("sc", "lac_integral_dnn_tb", configuration.engine.top);
  compile(bench, workload, write_vectors(bench.folder(), workload));
  ScRunResult result;
  result.seconds = bench.run(fmt::format(
      "+stall={} +seed={}", static_cast<int>(options.stall * 1024), options.seed % 0x7FFFFFFF));
  read_cycles(bench.folder() / "cycles.txt", workload, result);
  check_events(bench.folder() / "out.txt", workload, result);
  return result;
}

}  // namespace lacuna::sim
