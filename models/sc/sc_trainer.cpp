// SPDX-License-Identifier: Apache-2.0
#include "models/sc/sc_trainer.h"

namespace lacuna::models {
namespace {

using torch::Tensor;

/// Seeds Torch, then builds: the same seed gives the same network.
ScNetwork seeded_network(const ScSettings& settings, const ImageData& data) {
  torch::manual_seed(static_cast<std::uint64_t>(settings.seed));
  ScShape shape{{static_cast<int>(data.train.pixels[0].numel())},
                settings.gains,
                settings.bipolar,
                settings.integral,
                settings.length};
  shape.sizes.insert(shape.sizes.end(), settings.hidden.begin(), settings.hidden.end());
  shape.sizes.push_back(kImageClasses);
  return ScNetwork(std::move(shape));
}

}  // namespace

ScTrainer::ScTrainer(const ScSettings& settings, const ImageData& data,
                     std::filesystem::path checkpoint)
    : ImageTrainer(image_run(settings), data, std::move(checkpoint)),
      network_(seeded_network(settings, data)) {
  const auto& parameters = network_.parameters();
  begin(parameters, std::vector<double>(parameters.size(), 1.0));
}

Tensor ScTrainer::loss(const Images& batch, double /*share_done*/) {
  return torch::nn::functional::cross_entropy(network_.logits(stream_means(batch.pixels)),
                                              batch.labels);
}

Tensor ScTrainer::answer(const Tensor& pixels) const {
  const torch::NoGradGuard no_grad;
  return network_.run(stream_means(pixels));
}

}  // namespace lacuna::models
