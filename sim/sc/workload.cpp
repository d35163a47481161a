// SPDX-License-Identifier: Apache-2.0
#include "sim/sc/workload.h"

#include <fmt/format.h>

#include <algorithm>

#include "golden/error.h"
#include "sim/common/image_beats.h"
#include "sim/sc/configuration.h"

namespace lacuna::sim {
namespace {

constexpr std::uint64_t kMostBits = std::uint64_t{1} << 30;  ///< of a run, a byte each

std::uint32_t natural(int value) { return static_cast<std::uint32_t>(value); }

void add_codes(std::vector<ScCodeWord>& words, const golden::ScLayer& layer, int number,
               int lanes) {
  for (int first = 0; first < layer.outputs; first += lanes) {
    for (int input = 0; input <= layer.inputs; ++input) {
      BitWriter bits;
      for (int output = first; output < std::min(layer.outputs, first + lanes); ++output) {
        const auto at = static_cast<std::size_t>(output * (layer.inputs + 1) + input);
        bits.put(natural(layer.codes[at]), golden::kStreamBits);
      }
      words.push_back({natural(number), natural(first / lanes), natural(input), bits.beat()});
    }
  }
}

/// Registers at their first step.
std::vector<ScSeed> seeds_of(const golden::ScEngine& engine, const golden::Registers& registers,
                             std::uint64_t seed) {
  std::vector<ScSeed> seeds;
  if (engine.folded()) {  // state and phase of register 0: it makes the others
    constexpr auto kEven = golden::Spread::kEven;
    seeds = {{0, 0, natural(registers.input(0, 0))},
             {0, 1, natural(golden::input_phase(seed, kEven, 0))}};
    for (int stream = 0; stream < engine.integral; ++stream) {
      seeds.push_back({natural(stream + 1), 0, natural(registers.weight(0, stream, 0))});
      seeds.push_back(
          {natural(stream + 1), 1, natural(golden::weight_phase(seed, kEven, 0, stream))});
    }
    return seeds;
  }
  for (int input = 0; input < engine.inputs; ++input)
    seeds.push_back({0, natural(input), natural(registers.input(input, 0))});
  for (int stream = 0; stream < engine.integral; ++stream) {
    for (int input = 0; input <= engine.inputs; ++input)
      seeds.push_back(
          {natural(stream + 1), natural(input), natural(registers.weight(input, stream, 0))});
  }
  return seeds;
}

}  // namespace

std::uint64_t ScWorkload::images() const {
  std::uint64_t images = 0;
  for (const auto& run : runs) images += run.expected.size();
  return images;
}

ScWorkload make_workload(const golden::Bundle& bundle, const golden::ScEngine& engine,
                         std::uint64_t seed) {
  const std::string reason = misfit(bundle, engine);
  if (!reason.empty()) {
    throw Error("bundle", "does not fit the engine: " + reason, "choose another --config");
  }
  ScWorkload workload;
  workload.engine = engine;
  const auto layer = [&](std::size_t at) -> const golden::ScLayer& {
    return std::get<golden::ScLayer>(bundle.layers[at]);
  };
  workload.length = layer(0).length;
  workload.settings = {natural(workload.length - 1), natural(layer(0).states),
                       natural(layer(1).states)};
  for (int number = 0; number < 3; ++number)
    add_codes(workload.codes, layer(static_cast<std::size_t>(number)), number, engine.write_lanes);
  workload.seeds = seeds_of(engine, golden::Registers(seed, layer(0).spread()), seed);
  return workload;
}

void add_images(ScWorkload& workload, const golden::ScNetwork& network,
                const std::vector<std::int8_t>& x, std::uint64_t reset_after) {
  const auto inputs = static_cast<std::size_t>(workload.engine.inputs);
  const std::size_t images = x.size() / inputs;
  const std::uint64_t bits =
      static_cast<std::uint64_t>(workload.engine.hidden1 + workload.engine.hidden2) *
      static_cast<std::uint64_t>(workload.length) * images;
  if (bits > kMostBits) {
    throw Error(
        "--batch",
        fmt::format("{} images have {} million bits between the layers", images, bits >> 20),
        fmt::format("at most {} million are compared in one run", kMostBits >> 20));
  }
  ScImages run;
  run.reset_after = reset_after;
  run.out = golden::sc_cycles(workload.engine, workload.length, static_cast<int>(images));
  for (std::size_t image = 0; image < images; ++image) {
    std::vector<golden::ScImageFaults> faults;
    if (workload.faults) {
      faults.emplace_back(*workload.faults,
                          run.out[image] - workload.engine.run_cycles(workload.length));
    }
    const auto first = x.begin() + static_cast<std::ptrdiff_t>(image * inputs);
    golden::ScTrace& trace = run.expected.emplace_back(
        network.trace({first, first + static_cast<std::ptrdiff_t>(inputs)}, faults));
    trace.input = {};  // nobody compares it, and it is the largest
  }
  run.x = image_beats(x, workload.engine.inputs, workload.engine.in_lanes);
  workload.runs.push_back(std::move(run));
}

}  // namespace lacuna::sim
