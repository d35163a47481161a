// SPDX-License-Identifier: Apache-2.0
// A fully-connected experiment from settings to bundle.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "models/data/image_data.h"
#include "models/fc/fc_settings.h"

namespace lacuna::models {

/// Trains, or goes on training, and writes `bundle.safetensors` to `out`.
/// @return the report: `training` with settings, learning curve and figures of the float network,
///         `integers` with those of the bundle, `connections` with what the masks leave of weights;
///         where there are convolutions, which are no part of the bundle and run in float,
///         `convolutions` with their size
/// @param experiment its name, for the report
nlohmann::json train_fc(const std::string& experiment, const FcSettings& settings,
                        const ImageData& data, const std::filesystem::path& out);

}  // namespace lacuna::models
