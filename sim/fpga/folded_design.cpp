// SPDX-License-Identifier: Apache-2.0
// The folded stochastic engine on a board: codes in block RAM from the start, the registers' seeds
// from the host.
#include <fmt/format.h>

#include <algorithm>

#include "golden/error.h"
#include "sim/fpga/design.h"
#include "sim/fpga/sizes.h"
#include "sim/sc/configuration.h"
#include "sim/sc/workload.h"
#include "sim/shell/registers.h"

namespace lacuna::sim {
namespace {

constexpr int kMostLanes = 40;  ///< beyond it a word of codes takes more RAMs than small FPGAs have
constexpr int kMostOutputs = 64;

golden::ScEngine engine_for(const golden::Bundle& bundle, const std::string& file) {
  constexpr std::size_t kLayers = 3;
  if (bundle.layers.size() != kLayers) {
    throw Error(file,
                fmt::format("has {} layers, the folded engine {}", bundle.layers.size(), kLayers));
  }
  const auto layer = [&](std::size_t at) -> const golden::ScLayer& {
    return std::get<golden::ScLayer>(bundle.layers[at]);
  };
  golden::ScEngine engine;
  engine.top = "lac_folded_dnn";
  engine.inputs = layer(0).inputs;
  engine.hidden1 = layer(0).outputs;
  engine.hidden2 = layer(1).outputs;
  engine.outputs = layer(2).outputs;
  engine.integral = layer(0).integral;
  engine.in_lanes = 1;
  engine.write_lanes =
      std::min(kMostLanes, std::max({engine.hidden1, engine.hidden2, engine.outputs}));
  const std::string reason = misfit(bundle, engine);
  if (!reason.empty()) throw Error(file, "does not fit the folded engine: " + reason);
  if (engine.outputs > kMostOutputs) {
    throw Error(file,
                fmt::format("has {} outputs, a board sends {}", engine.outputs, kMostOutputs));
  }
  return engine;
}

std::string hexadecimal(const Beat& beat, int bits) {
  std::string digits;
  for (int digit = (bits + 3) / 4 - 1; digit >= 0; --digit) {
    digits +=
        "0123456789abcdef"[(beat[static_cast<std::size_t>(digit / 8)] >> (digit % 8 * 4)) & 15];
  }
  return digits;
}

/// Bytes at 4 set + 2 index.
HostWrite write_of(const ScSeed& seed) {
  return {static_cast<std::uint16_t>(4 * seed.set + 2 * seed.index),
          {static_cast<std::uint8_t>(seed.state), static_cast<std::uint8_t>(seed.state >> 8)}};
}

/// What cannot be done with less, by what the cells of an iCE40 hold.
std::map<std::string, std::int64_t> least_resources(const golden::ScEngine& engine, int word_bits) {
  const auto rams = [](std::int64_t bits, std::int64_t words) {
    return (bits + kRamBits - 1) / kRamBits * ((words + kRamWords - 1) / kRamWords);
  };
  const auto words = static_cast<std::int64_t>(engine.words());
  // A lane: a comparator of 11 bits a stream, a sum, and its place in the chain.
  const std::int64_t lane = 12 * engine.integral + 16;
  return {{"block RAMs", rams(word_bits, words) + 2},  // pixels and counters
          {"logic cells", std::int64_t{engine.write_lanes} * lane + 32 * engine.outputs}};
}

}  // namespace

FpgaDesign folded_design(const golden::Bundle& bundle, const std::string& file,
                         const NetworkInput& input, std::uint64_t seed) {
  const golden::ScEngine engine = engine_for(bundle, file);
  const ScWorkload workload = make_workload(bundle, engine, seed);
  FpgaDesign design;
  design.engine = engine.top;
  design.engine_number = LAC_SHELL_ENGINE_SC;
  design.core = "lac_folded_core";
  design.sources = board_sources({"lac_host", design.core});
  const auto number = [](auto value) { return std::to_string(value); };
  design.parameters = {{"Inputs", number(engine.inputs)},
                       {"Hidden1", number(engine.hidden1)},
                       {"Hidden2", number(engine.hidden2)},
                       {"Outputs", number(engine.outputs)},
                       {"Integral", number(engine.integral)},
                       {"Lanes", number(engine.write_lanes)},
                       {"Length", number(workload.length)},
                       {"States1", number(workload.settings.states1)},
                       {"States2", number(workload.settings.states2)},
                       {"CodesFile", "\"codes.mem\""}};
  MemoryImage codes;
  codes.name = "codes";
  codes.width = engine.write_lanes * golden::kStreamBits;
  for (const ScCodeWord& word : workload.codes)
    codes.words.push_back(hexadecimal(word.codes, codes.width));
  design.memories.push_back(std::move(codes));
  for (const ScSeed& each : workload.seeds) design.writes.push_back(write_of(each));
  design.inputs = engine.inputs;
  design.outputs = engine.outputs;
  design.result_bytes = 4 * engine.outputs;
  design.resources = least_resources(engine, design.memories.front().width);
  design.network =
      fmt::format("{}-{}-{}-{}, {} streams a weight, {} cycles", engine.inputs, engine.hidden1,
                  engine.hidden2, engine.outputs, engine.integral, workload.length);

  const golden::ScNetwork network(bundle, seed, engine.layer_delay());
  const std::vector<std::int8_t> x = images_of(input);
  const std::vector<std::int32_t> sums = network.run(x, input.streams);
  const auto inputs = static_cast<std::size_t>(engine.inputs);
  const auto outputs = static_cast<std::size_t>(engine.outputs);
  for (std::size_t image = 0; image < static_cast<std::size_t>(input.streams); ++image) {
    HostVector& vector = design.vectors.emplace_back();
    const auto first = x.begin() + static_cast<std::ptrdiff_t>(image * inputs);
    vector.input.assign(first, first + static_cast<std::ptrdiff_t>(inputs));
    for (std::size_t output = 0; output < outputs; ++output) {
      const auto sum = static_cast<std::uint32_t>(sums[image * outputs + output]);
      for (int byte = 0; byte < 4; ++byte)
        vector.result.push_back(static_cast<std::uint8_t>(sum >> (8 * byte)));
    }
    vector.cycles = static_cast<std::uint32_t>(engine.run_cycles(workload.length));
  }
  return design;
}

}  // namespace lacuna::sim
