// SPDX-License-Identifier: Apache-2.0
// `lacuna train`: an experiment from settings to bundle.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace lacuna::models {

struct TrainOptions {
  std::string experiment;        ///< a built-in name, or a .toml file
  std::vector<std::string> set;  ///< overrides, key=value
  std::filesystem::path out;     ///< folder; what is there from an unfinished run is resumed
  std::filesystem::path data;    ///< data folder; empty: default_data_folder()
};

/// Trains, or goes on training, and writes to `out`: `weights.safetensors` (float; of recurrent
/// networks), `bundle.safetensors`, `training.json` (what is returned: settings, learning curve,
/// figures on validation and test data, in `training` of the float network, in `integers` of the
/// bundle; of recurrent networks its test score at other thresholds in `threshold_curve`, of
/// fully-connected ones what the masks leave in `connections`, of stochastic ones the `counters`).
/// @throws Error for bad settings, data or folders.
nlohmann::json run_training(const TrainOptions& options);

}  // namespace lacuna::models
