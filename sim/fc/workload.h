// SPDX-License-Identifier: Apache-2.0
// Everything that one layer's simulation needs, prepared once and shared by SystemC platform and
// Icarus: memories, images, and what golden and the cycle model expect.
#pragma once

#include <cstdint>
#include <vector>

#include "golden/bundle.h"
#include "golden/fc/fc_engine.h"
#include "sim/fc/engine_model.h"

namespace lacuna::sim {

/// A word of a group's weight memory.
struct FcWeightWord {
  std::uint32_t group = 0, address = 0;
  Beat data{};
};

/// Images that follow each other without a pause in between.
struct FcImages {
  std::vector<Beat> x;
  std::vector<std::int16_t> expected;         ///< index [image * outputs + output]
  std::vector<golden::FcImageCycles> cycles;  ///< by the cycle model, one an image
  std::uint64_t reset_after = 0;              ///< cycles after which the engine is reset; 0: never
};

struct FcWorkload {
  golden::FcEngine engine;
  FcSettings settings;
  int inputs = 0, outputs = 0;
  golden::ConnectionMask mask;       ///< as the engine runs it
  std::vector<std::uint32_t> seeds;  ///< one a group of the engine
  std::vector<FcWeightWord> weights;
  std::vector<Beat> parameters;  ///< one a beat of y
  std::vector<FcImages> runs;

  std::uint64_t images() const;
};

/// @throws Error when the layer does not fit the engine.
FcWorkload make_workload(const golden::FcLayer& layer, const golden::FcEngine& engine);

/// Runs golden and the cycle model over the images and appends them.
/// @param x index [image * inputs + input]
/// @return outputs, index [image * outputs + output]
std::vector<std::int16_t> add_images(FcWorkload& workload, const golden::FcLayer& layer,
                                     const std::vector<std::int8_t>& x,
                                     std::uint64_t reset_after = 0);

}  // namespace lacuna::sim
