// SPDX-License-Identifier: Apache-2.0
#include "sim/sc/regression.h"

#include <fmt/format.h>

#include "golden/random.h"

namespace lacuna::sim {
namespace {

int integer(golden::Random& random, int low, int high) {
  return static_cast<int>(random.integer(low, high));
}

std::vector<const ScConfiguration*> small_configurations() {
  std::vector<const ScConfiguration*> all;
  for (const auto& known : sc_configurations()) {
    if (known.name.rfind("small", 0) == 0) all.push_back(&known);
  }
  return all;
}

/// Most of an image is black, as of a real one; some of it fully white.
std::vector<std::int8_t> draw_images(golden::Random& random, int count) {
  std::vector<std::int8_t> x;
  for (int n = 0; n < count; ++n) {
    const int value = random.chance(0.2) ? 127 : integer(random, 0, 127);
    x.push_back(static_cast<std::int8_t>(random.chance(0.4) ? 0 : value));
  }
  return x;
}

golden::ScLayer draw_layer(golden::Random& random, const ScCase& which,
                           const golden::ScEngine& engine, int inputs, int outputs) {
  golden::ScLayer layer;
  layer.inputs = inputs;
  layer.outputs = outputs;
  layer.bipolar = engine.bipolar;
  layer.integral = engine.integral;
  layer.length = which.length;
  layer.states = which.states;
  for (int n = 0; n < outputs * (inputs + 1); ++n) {
    // Codes at the ends, where a stream is constant, are as likely as those between.
    const int code = random.chance(0.2) ? 0 : integer(random, 0, golden::kStreamStates - 1);
    layer.codes.push_back(
        static_cast<std::int16_t>(random.chance(0.2) ? golden::kStreamStates - 1 : code));
  }
  return layer;
}

}  // namespace

ScCase draw_sc_case(std::uint64_t seed, int index) {
  golden::Random random(seed * 1'000'003 + static_cast<std::uint64_t>(index));
  const auto configurations = small_configurations();
  ScCase which;
  which.configuration =
      configurations[static_cast<std::size_t>(index) % configurations.size()]->name;
  which.seed = random.bits() >> 32;
  which.length = random.chance(0.3) ? integer(random, 1, 5) : integer(random, 6, 80);
  which.states = 2 * (random.chance(0.2) ? 1 : integer(random, 1, 60));
  which.name = fmt::format("sc.{}.seed{}.case{}.length{}.states{}", which.configuration, seed,
                           index, which.length, which.states);
  return which;
}

golden::Bundle draw_network(const ScCase& which) {
  golden::Random random(which.seed);
  const golden::ScEngine& engine = sc_configuration(which.configuration).engine;
  const int sizes[] = {engine.inputs, engine.hidden1, engine.hidden2, engine.outputs};
  golden::Bundle bundle;
  bundle.facts = {{"task", "generic"}};
  for (std::size_t at = 0; at < 3; ++at) {
    golden::ScLayer layer = draw_layer(random, which, engine, sizes[at], sizes[at + 1]);
    layer.name = fmt::format("sc{}", at);
    if (at == 2) layer.states = 0;
    bundle.layers.emplace_back(std::move(layer));
  }
  return bundle;
}

ScWorkload draw_workload(const ScCase& which, const golden::Bundle& bundle) {
  golden::Random random(which.seed + 1);
  const golden::ScEngine& engine = sc_configuration(which.configuration).engine;
  const golden::ScNetwork network(bundle, which.seed, engine.layer_delay());
  ScWorkload workload = make_workload(bundle, engine, which.seed);
  const auto images = [&](int count) { return draw_images(random, count * engine.inputs); };
  add_images(workload, network, images(1));
  add_images(workload, network, images(3),
             static_cast<std::uint64_t>(integer(random, 1, 2 * which.length + engine.inputs)));
  add_images(workload, network, std::vector<std::int8_t>(static_cast<std::size_t>(engine.inputs)));
  add_images(workload, network, images(4));
  return workload;
}

RegressionOutcome run_sc_case(std::uint64_t seed, int index) {
  const ScCase which = draw_sc_case(seed, index);
  return StalledCase(which.name).run([&](StalledCase& runs) {
    const golden::Bundle bundle = draw_network(which);
    const ScWorkload workload = draw_workload(which, bundle);
    for (const double stall : StalledCase::kStalls) {
      ScPlatformOptions options;
      options.stall = stall;
      options.seed = which.seed;
      const ScRunResult result =
          run_platform(sc_configuration(which.configuration), workload, options);
      std::string failure;
      if (result.mismatch) {
        failure = result.mismatch->str();
      } else if (stall == 0) {
        failure = cycle_difference(workload, result);
      }
      if (!runs.add(stall, result.images_compared, result.total(), result.seconds, failure)) break;
    }
  });
}

}  // namespace lacuna::sim
