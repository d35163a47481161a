// SPDX-License-Identifier: Apache-2.0
// Everything that the simulation of layers in a chain needs, prepared once and shared by SystemC
// platform and Icarus: memories, images, and what golden and the cycle model expect.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "golden/bundle.h"
#include "golden/faults.h"
#include "golden/fc/fc_engine.h"
#include "sim/fc/engine_model.h"

namespace lacuna::sim {

/// A word of a group's weight memory.
struct FcWeightWord {
  std::uint32_t group = 0, address = 0;
  Beat data{};
};

/// A layer in its engine's memories and registers.
struct FcLayerWorkload : golden::FcStage {  // its mask is the one that the engine runs
  FcSettings settings;
  std::vector<std::uint32_t> seeds;  ///< one a group of the engine
  std::vector<FcWeightWord> weights;
  std::vector<Beat> parameters;  ///< one a beat of y
};

/// Images that follow each other without a pause in between.
struct FcImages {
  std::vector<Beat> x;  ///< of the first layer
  /// [layer], each index [image * outputs + output]
  std::vector<std::vector<std::int16_t>> expected;
  std::vector<std::vector<golden::FcImageCycles>> cycles;  ///< by the cycle model, [layer][image]
  std::uint64_t reset_after = 0;  ///< cycles after which the engines are reset; 0: never

  std::size_t images() const { return cycles.front().size(); }
};

struct FcWorkload {
  std::vector<FcLayerWorkload> layers;   ///< each one's y is the next one's x
  std::optional<golden::Faults> faults;  ///< that images which are added from now on meet
  std::vector<FcImages> runs;

  std::uint64_t images() const;
};

/// @param engines one a layer
/// @throws Error when a layer does not fit its engine, or an engine's beats the next one's.
FcWorkload make_workload(const std::vector<golden::FcLayer>& layers,
                         const std::vector<golden::FcEngine>& engines);

/// Runs golden and the cycle model over the images and appends them.
/// @param x of the first layer, index [image * inputs + input]
void add_images(FcWorkload& workload, const std::vector<golden::FcLayer>& layers,
                std::vector<std::int8_t> x, std::uint64_t reset_after = 0);

}  // namespace lacuna::sim
