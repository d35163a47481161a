// SPDX-License-Identifier: Apache-2.0
#include "models/fc/fc_trainer.h"

#include "golden/weight_format.h"

namespace lacuna::models {
namespace {

using torch::Tensor;

constexpr std::int64_t kCollectedImages = 10000;  // of the training data, for the statistics

FcShape shape_of(const FcSettings& settings, const ImageData& data) {
  FcShape shape;
  shape.sizes = {static_cast<int>(data.train.pixels[0].numel())};
  shape.sizes.insert(shape.sizes.end(), settings.hidden.begin(), settings.hidden.end());
  shape.sizes.push_back(kImageClasses);
  shape.format = golden::weight_format_of(settings.weight_format, "weight_format");
  shape.sparsity = settings.sparsity;
  shape.kind = settings.mask == "plain" ? golden::LfsrKind::kPlain : golden::LfsrKind::kAllStates;
  shape.groups = settings.groups;
  return shape;
}

/// Seeds Torch, then builds: the same seed gives the same network.
FcNetwork seeded_network(const FcSettings& settings, const ImageData& data) {
  torch::manual_seed(static_cast<std::uint64_t>(settings.seed));
  return FcNetwork(shape_of(settings, data));
}

}  // namespace

Tensor squared_hinge(const Tensor& outputs, const Tensor& labels) {
  const Tensor signs = 2 * torch::one_hot(labels, outputs.size(1)).to(torch::kFloat) - 1;
  return torch::relu(1 - signs * outputs).square().mean();
}

FcTrainer::FcTrainer(const FcSettings& settings, const ImageData& data,
                     std::filesystem::path checkpoint)
    : ImageTrainer(image_run(settings), data, std::move(checkpoint)),
      sample_until_(settings.sample_until),
      network_(seeded_network(settings, data)) {
  begin(network_.parameters(), network_.rate_factors());
}

Tensor FcTrainer::loss(const Images& batch, double share_done) {
  const Tensor outputs = network_.train(pixel_vectors(batch.pixels), share_done < sample_until_);
  return squared_hinge(outputs, batch.labels);
}

void FcTrainer::settle() {
  network_.collect(pixel_vectors(data().train.pixels.slice(0, 0, kCollectedImages)));
}

Tensor FcTrainer::answer(const Tensor& pixels) const {
  return network_.evaluate(pixel_vectors(pixels));
}

}  // namespace lacuna::models
