// SPDX-License-Identifier: Apache-2.0
#include "models/fc/fc_trainer.h"

#include <fmt/format.h>

#include "golden/bundle.h"
#include "golden/weight_format.h"

namespace lacuna::models {
namespace {

using torch::Tensor;

// Images of the training data for the statistics. Convolutions average over places too, and what
// they give of 10,000 images would take gigabytes.
constexpr std::int64_t kCollectedImages = 10000, kConvolvedImages = 5000;
constexpr std::int64_t kPiece = 1000;  // images whose features are taken at a time

FcShape shape_of(const FcSettings& settings, const ImageData& data) {
  FcShape shape;
  std::int64_t inputs = data.train.pixels[0].numel();
  if (!settings.convolutions.empty()) {
    const Tensor image = contrast_normalised(data.train.pixels.slice(0, 0, 1));
    shape.convolutions = {settings.convolutions, static_cast<int>(image.size(1)),
                          static_cast<int>(image.size(2))};
    inputs = shape.convolutions.features();
    require(inputs >= 1 && inputs <= golden::kMaxFcSize, "convolutions",
            fmt::format("they give {} features, outside 1..{}", inputs, golden::kMaxFcSize));
  }
  shape.sizes = {static_cast<int>(inputs)};
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
      convolves_(!settings.convolutions.empty()),
      network_(seeded_network(settings, data)) {
  begin(network_.parameters(), network_.rate_factors());
}

Tensor FcTrainer::inputs(const Tensor& pixels) const {
  return convolves_ ? contrast_normalised(pixels) : pixel_vectors(pixels);
}

Tensor FcTrainer::features(const Tensor& pixels) const {
  std::vector<Tensor> pieces;
  for (std::int64_t begin = 0; begin < pixels.size(0); begin += kPiece)
    pieces.push_back(network_.features(inputs(pixels.slice(0, begin, begin + kPiece))));
  return torch::cat(pieces);
}

Tensor FcTrainer::loss(const Images& batch, double share_done) {
  return squared_hinge(network_.train(inputs(batch.pixels), share_done < sample_until_),
                       batch.labels);
}

void FcTrainer::settle() {
  const std::int64_t images = convolves_ ? kConvolvedImages : kCollectedImages;
  network_.collect(inputs(data().train.pixels.slice(0, 0, images)));
}

Tensor FcTrainer::answer(const Tensor& pixels) const { return network_.evaluate(inputs(pixels)); }

}  // namespace lacuna::models
