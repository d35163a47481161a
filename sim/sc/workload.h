// SPDX-License-Identifier: Apache-2.0
// Everything that a simulation of the stochastic engine needs, prepared once: codes, seeds, images,
// and what golden and the cycle model expect.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "golden/bundle.h"
#include "golden/sc/sc_engine.h"
#include "golden/sc/sc_network.h"
#include "sim/sc/engine_model.h"

namespace lacuna::sim {

/// Codes of an input's weights to a bank of outputs of a layer.
struct ScCodeWord {
  std::uint32_t layer = 0, bank = 0, input = 0;
  Beat codes{};
};

/// Seed of a register: of inputs (set 0) or of the weights' stream set - 1.
struct ScSeed {
  std::uint32_t set = 0, index = 0, state = 0;
};

/// Images that follow each other without a pause in between.
struct ScImages {
  std::vector<Beat> x;
  std::vector<golden::ScTrace> expected;  ///< [image]
  std::vector<std::uint64_t> out;  ///< by the cycle model: in which the image's sums leave, [image]
  std::uint64_t reset_after = 0;   ///< cycles after which the engine is reset; 0: never
};

struct ScWorkload {
  golden::ScEngine engine;
  ScSettings settings;
  int length = 0;
  std::vector<ScCodeWord> codes;
  std::vector<ScSeed> seeds;
  std::optional<golden::Faults> faults;  ///< that images which are added from now on meet
  std::vector<ScImages> runs;

  std::uint64_t images() const;
};

/// @param seed of the registers
/// @throws Error when the bundle does not fit the engine.
ScWorkload make_workload(const golden::Bundle& bundle, const golden::ScEngine& engine,
                         std::uint64_t seed);

/// Runs golden and the cycle model over the images and appends them.
/// @param x 0..127, index [image * inputs + input]
void add_images(ScWorkload& workload, const golden::ScNetwork& network,
                const std::vector<std::int8_t>& x, std::uint64_t reset_after = 0);

}  // namespace lacuna::sim
