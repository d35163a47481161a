// SPDX-License-Identifier: Apache-2.0
#include "sim/network/sc_cosim.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "golden/error.h"
#include "sim/report/table.h"
#include "sim/sc/icarus.h"

namespace lacuna::sim {
namespace {

constexpr std::array<const char*, kScCycleClasses> kClassNames{"idle", "runs", "input_wait",
                                                               "output_wait"};

}  // namespace

bool is_stochastic(const golden::Bundle& bundle) {
  return std::all_of(bundle.layers.begin(), bundle.layers.end(), [](const golden::Layer& layer) {
    return std::holds_alternative<golden::ScLayer>(layer);
  });
}

std::uint64_t ScCosimResult::latency() const {
  const auto& out = run.runs.front().out;
  return out.empty()
             ? 0
             : out.front() - engine.beats();  // its first bits come in the cycle after its start
}

double ScCosimResult::kilocycles_per_second() const {
  return static_cast<double>(run.clocks) / 1e3 / run.seconds;
}

ScCosimResult cosimulate_sc(const golden::Bundle& bundle, const NetworkInput& input,
                            const ScCosimOptions& options) {
  const ScConfiguration configuration =
      options.configuration ? *options.configuration : sc_configuration_for(bundle);
  ScCosimResult result;
  result.input = input.source;
  result.configuration = configuration.name;
  result.simulator = options.simulator;
  result.engine = configuration.engine;
  result.seed = options.platform.seed;
  result.images = static_cast<std::uint64_t>(input.streams);
  result.cycles_checked = options.platform.stall == 0;
  ScWorkload workload = make_workload(bundle, configuration.engine, result.seed);
  result.length = workload.length;
  const golden::ScNetwork network(bundle, result.seed, configuration.engine.layer_delay());
  add_images(workload, network, images_of(input));
  result.run = options.simulator == Simulator::kIcarus
                   ? run_icarus(configuration, workload, options.platform)
                   : run_platform(configuration, workload, options.platform);
  result.cycles_model = model_cycles(workload);
  if (result.run.mismatch) {
    result.difference = result.run.mismatch->str();
  } else if (result.cycles_checked) {
    result.difference = cycle_difference(workload, result.run);
  }
  return result;
}

nlohmann::ordered_json to_json(const ScCosimResult& result) {
  nlohmann::ordered_json json;
  json["engine"] = "sc";
  json["top"] = result.engine.top;
  json["simulator"] = name_of(result.simulator);
  json["input"] = result.input;
  json["seed"] = result.seed;
  json["steps"] = 1;
  json["batch"] = result.images;
  json["configuration"] = result.configuration;
  json["length"] = result.length;
  json["bipolar"] = result.engine.bipolar;
  json["integral"] = result.engine.integral;
  json["latency"] = result.latency();
  json["vectors_compared"] = result.run.images_compared;
  json["bits_compared"] = result.run.bits_compared;
  json["mismatches"] = result.run.mismatch ? 1 : 0;
  json["difference"] = result.difference;
  json["cycles"] = result.run.total();
  json["cycles_model"] = result.cycles_model;
  json["cycles_roofline"] = result.roofline();
  json["utilisation"] = result.utilisation();
  json["kilocycles_per_second"] = result.kilocycles_per_second();
  json["events"] = nlohmann::ordered_json::object();
  const ScClassCounts cycles = result.run.cycles();
  for (std::size_t at = 1; at < kScCycleClasses; ++at)
    json["events"][std::string("cycles_") + kClassNames[at]] = cycles[at];
  return json;
}

std::string to_table(const ScCosimResult& result) {
  const golden::ScEngine& engine = result.engine;
  Table table({{"", Align::kLeft}, {"images"}});
  const auto row = [&](const std::string& title, const std::string& value) {
    table.add_row({title, value});
  };
  const ScClassCounts cycles = result.run.cycles();
  const char* model = !result.cycles_checked                      ? ", without stalls"
                      : result.run.total() == result.cycles_model ? ", equal"
                                                                  : ", DIFFERENT";
  row("images compared", fmt::format("{}", result.run.images_compared));
  row("bits compared between layers", fmt::format("{}", result.run.bits_compared));
  row("mismatches", result.run.mismatch ? "1" : "0");
  row("cycles, RTL", fmt::format("{}", result.run.total()));
  row("cycles, model", fmt::format("{}{}", result.cycles_model, model));
  row("latency of an image", fmt::format("{}", result.latency()));
  row("cycles an image runs", fmt::format("{}", cycles[kScRuns]));
  row("cycles waiting for input", fmt::format("{}", cycles[kScInputWait]));
  row("cycles waiting for output", fmt::format("{}", cycles[kScOutputWait]));
  row("utilisation", fmt::format("{:.4f}", result.utilisation()));
  return fmt::format(
      "{}, {}: {}-{}-{}-{}, {} products, {} streams a weight, {} cycles an image,\n"
      "{} images, seed {}, input: {}\n\n{}\n{:.1f} kilocycles/s.\n",
      engine.top, name_of(result.simulator), engine.inputs, engine.hidden1, engine.hidden2,
      engine.outputs, engine.bipolar ? "XNOR" : "AND", engine.integral, result.length,
      result.images, result.seed, result.input, table.str(), result.kilocycles_per_second());
}

}  // namespace lacuna::sim
