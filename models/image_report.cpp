// SPDX-License-Identifier: Apache-2.0
#include "models/image_report.h"

#include <algorithm>
#include <cmath>

namespace lacuna::models {

std::vector<int> label_vector(const Images& images) {
  std::vector<int> labels(static_cast<std::size_t>(images.labels.size(0)));
  const torch::Tensor wanted = images.labels.contiguous();
  std::copy_n(wanted.data_ptr<std::int64_t>(), labels.size(), labels.begin());
  return labels;
}

double percent_wrong(double share_right, std::size_t count) {
  const auto all = static_cast<double>(count);
  return 100 * std::round((1 - share_right) * all) / all;
}

nlohmann::json image_report(const std::string& experiment, const std::string& network,
                            const nlohmann::json& settings, const ImageData& data,
                            const ImageTrainer& trainer) {
  const nlohmann::json figures =
      on_held_out_data(data, [&](const Images& images) -> nlohmann::json {
        return {{"score", trainer.error(images)}};
      });
  return {{"task", "generic"},
          {"data", {{"name", settings.at("data")}, {"sha256", data.sha256}}},
          {"seed", settings.at("seed")},
          {"training",
           {{"experiment", experiment},
            {"network", network},
            {"settings", settings},
            {"unit", "% wrong"},
            {"figures", figures},
            {"seconds", trainer.seconds()},
            {"curve", trainer.curve()}}}};
}

}  // namespace lacuna::models
