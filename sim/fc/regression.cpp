// SPDX-License-Identifier: Apache-2.0
#include "sim/fc/regression.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "golden/random.h"

namespace lacuna::sim {
namespace {

constexpr double kSparsities[] = {0, 0.3, 0.5, 0.9, 0.99};

int integer(golden::Random& random, int low, int high) {
  return static_cast<int>(random.integer(low, high));
}

template <typename Values>
auto pick(golden::Random& random, const Values& values) {
  return values[static_cast<std::size_t>(
      integer(random, 0, static_cast<int>(std::size(values)) - 1))];
}

/// Small configurations: those whose name says so.
std::vector<const FcConfiguration*> small_configurations() {
  std::vector<const FcConfiguration*> all;
  for (const auto& known : fc_configurations()) {
    if (known.name.rfind("small", 0) == 0) all.push_back(&known);
  }
  return all;
}

int draw_weight(golden::Random& random, golden::WeightFormat format) {
  int weight = 0;
  do {
    weight = integer(random, golden::weight_minimum(format), golden::weight_maximum(format));
  } while (!golden::holds(format, weight));
  return weight;
}

std::vector<std::int8_t> draw_images(golden::Random& random, int inputs, int images) {
  std::vector<std::int8_t> x;
  for (int n = 0; n < inputs * images; ++n)
    x.push_back(static_cast<std::int8_t>(random.integer(-128, 127)));
  return x;
}

}  // namespace

FcCase draw_fc_case(std::uint64_t seed, int index) {
  golden::Random random(seed * 1'000'003 + static_cast<std::uint64_t>(index));
  const auto configurations = small_configurations();
  const FcConfiguration& configuration =
      *configurations[static_cast<std::size_t>(index) % configurations.size()];
  const golden::FcEngine& engine = configuration.engine;
  FcCase which;
  which.configuration = configuration.name;
  which.seed = random.bits() >> 32;
  // Small sizes are as likely as large ones: the ends of lists and beats are where faults hide.
  const auto size = [&](int most) {
    return random.chance(0.5) ? integer(random, 1, std::min(most, 9)) : integer(random, 1, most);
  };
  const int most = engine.parallel() ? engine.depth : 1 << engine.index_bits;
  which.inputs =
      random.chance(0.1) ? most : size(std::min(most, engine.masked ? most : engine.depth));
  which.outputs = random.chance(0.1) ? engine.outputs : size(engine.outputs);
  which.name = fmt::format("fc.{}.seed{}.case{}.inputs{}.outputs{}", which.configuration, seed,
                           index, which.inputs, which.outputs);
  return which;
}

golden::FcLayer draw_layer(const FcCase& which) {
  golden::Random random(which.seed);
  const golden::FcEngine& engine = fc_configuration(which.configuration).engine;
  const auto format = golden::weight_format_of_bits(engine.weight_bits);
  golden::FcLayer layer;
  layer.name = which.name;
  layer.weight_format = format;
  layer.inputs = which.inputs;
  layer.outputs = which.outputs;
  layer.input_frac = 7;
  layer.shift = integer(random, 1, 24);
  layer.output_frac = 6;
  layer.relu = random.chance(0.5);
  const bool may_mask = engine.masked || golden::holds(format, 0);
  if (may_mask && random.chance(0.9)) {
    golden::ConnectionMask mask;
    mask.kind = engine.all_states ? golden::LfsrKind::kAllStates : golden::LfsrKind::kPlain;
    mask.bits = engine.lfsr_bits;
    mask.threshold = golden::mask_threshold(pick(random, kSparsities), mask.bits);
    mask.groups = engine.groups;
    layer.mask = mask;
  }
  const int most = golden::weight_maximum(format);
  std::size_t connections = 0;
  for (const auto& row : layer.connections()) connections += row.size();
  for (std::size_t n = 0; n < connections; ++n)
    layer.weights.push_back(static_cast<std::int16_t>(draw_weight(random, format)));
  // Activations shall neither all saturate nor all be zero.
  const int scale = std::clamp((64 << layer.shift) / (most * 512), 3, 32767);
  const int bias =
      static_cast<int>(std::min<std::int64_t>(std::int64_t{64} << layer.shift, 1 << 30));
  for (int output = 0; output < layer.outputs; ++output) {
    layer.scale.push_back(static_cast<std::int16_t>(random.integer(-scale, scale)));
    layer.bias.push_back(static_cast<std::int32_t>(random.integer(-bias, bias)));
  }
  return layer;
}

FcWorkload draw_workload(const FcCase& which, const golden::FcLayer& layer) {
  golden::Random random(which.seed + 1);
  FcWorkload workload = make_workload({layer}, {fc_configuration(which.configuration).engine});
  add_images(workload, {layer}, draw_images(random, layer.inputs, 1));
  add_images(workload, {layer}, draw_images(random, layer.inputs, 4),
             static_cast<std::uint64_t>(integer(random, 1, 2 * layer.inputs + 20)));
  add_images(workload, {layer},
             std::vector<std::int8_t>(static_cast<std::size_t>(layer.inputs), 0));
  add_images(workload, {layer}, draw_images(random, layer.inputs, 5));
  return workload;
}

RegressionOutcome run_fc_case(std::uint64_t seed, int index) {
  const FcCase which = draw_fc_case(seed, index);
  return StalledCase(which.name).run([&](StalledCase& runs) {
    const golden::FcLayer layer = draw_layer(which);
    const FcWorkload workload = draw_workload(which, layer);
    for (const double stall : StalledCase::kStalls) {
      FcPlatformOptions options;
      options.stall = stall;
      options.seed = which.seed;
      const FcRunResult result =
          run_platform({fc_configuration(which.configuration)}, workload, options);
      std::string failure;
      if (result.mismatch) {
        failure = result.mismatch->str();
      } else if (stall == 0) {
        failure = cycle_difference(workload, result);
      }
      if (!runs.add(stall, result.layers.front().images_compared, result.total(), result.seconds,
                    failure))
        break;
    }
  });
}

}  // namespace lacuna::sim
