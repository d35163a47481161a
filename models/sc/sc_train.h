// SPDX-License-Identifier: Apache-2.0
// A stochastic experiment from settings to bundle.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "models/data/image_data.h"
#include "models/sc/sc_settings.h"

namespace lacuna::models {

/// Trains, or goes on training, and writes `bundle.safetensors` to `out`.
/// @return the report: `training` with settings, learning curve and figures of the noisy means,
///         `counters` with variance and states of each layer of counters, `integers` with the
///         bundle's errors, `score` being their mean over the register seeds 1, 2, 3 and
///         `by_register_seed` each
/// @param experiment its name, for the report
nlohmann::json train_sc(const std::string& experiment, const ScSettings& settings,
                        const ImageData& data, const std::filesystem::path& out);

}  // namespace lacuna::models
