// SPDX-License-Identifier: Apache-2.0
// What the reports of networks that answer a whole image at once share.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "models/data/image_data.h"
#include "models/image_trainer.h"

namespace lacuna::models {

/// Labels as golden takes them.
std::vector<int> label_vector(const Images& images);

/// Per cent of `count` images that are not right: a whole number of them.
double percent_wrong(double share_right, std::size_t count);

/// `valid` and `test`, each with `predictions` and the fields that measure(images) gives.
template <typename Measure>
nlohmann::json on_held_out_data(const ImageData& data, Measure measure) {
  const auto figures = [&](const Images& images) {
    nlohmann::json json = measure(images);
    json["predictions"] = images.labels.size(0);
    return json;
  };
  return {{"valid", figures(data.valid)}, {"test", figures(data.test)}};
}

/// Task, data, seed and `training`: settings, learning curve, figures of the float network.
/// @param experiment its name
/// @param network    the kind
/// @param settings   with `data` and `seed`
nlohmann::json image_report(const std::string& experiment, const std::string& network,
                            const nlohmann::json& settings, const ImageData& data,
                            const ImageTrainer& trainer);

}  // namespace lacuna::models
