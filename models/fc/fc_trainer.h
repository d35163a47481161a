// SPDX-License-Identifier: Apache-2.0
// The training of fully-connected networks: squared hinge loss, statistics of evaluation.
#pragma once

#include <filesystem>

#include "models/fc/fc_network.h"
#include "models/fc/fc_settings.h"
#include "models/image_trainer.h"

namespace lacuna::models {

/// Mean over images and classes of max(0, 1 - t y)^2, t being 1 for an image's class, else -1.
/// @param outputs [images, classes]
/// @param labels  int64 [images]
torch::Tensor squared_hinge(const torch::Tensor& outputs, const torch::Tensor& labels);

class FcTrainer : public ImageTrainer {
 public:
  /// Goes on from `checkpoint` if that file exists and was written under the same settings. Keeps a
  /// reference to `data`.
  /// @throws Error if it belongs to other settings, or if the data are fewer than a batch.
  FcTrainer(const FcSettings& settings, const ImageData& data, std::filesystem::path checkpoint);

  const FcNetwork& network() const { return network_; }

  /// What the first fully-connected layer takes of images. @return float [images, inputs]
  torch::Tensor features(const torch::Tensor& pixels) const;

 private:
  torch::Tensor inputs(const torch::Tensor& pixels) const;  ///< Of the network.
  torch::Tensor loss(const Images& batch, double share_done) override;
  void constrain() override { network_.constrain(); }
  void settle() override;
  torch::Tensor answer(const torch::Tensor& pixels) const override;

  double sample_until_;
  bool convolves_;
  FcNetwork network_;
};

}  // namespace lacuna::models
