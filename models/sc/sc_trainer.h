// SPDX-License-Identifier: Apache-2.0
// The training of stochastic networks: cross entropy of noisy means; validation is as noisy.
#pragma once

#include <filesystem>

#include "models/image_trainer.h"
#include "models/sc/sc_network.h"
#include "models/sc/sc_settings.h"

namespace lacuna::models {

class ScTrainer : public ImageTrainer {
 public:
  /// Goes on from `checkpoint` if that file exists and was written under the same settings. Keeps a
  /// reference to `data`.
  /// @throws Error if it belongs to other settings, or if the data are fewer than a batch.
  ScTrainer(const ScSettings& settings, const ImageData& data, std::filesystem::path checkpoint);

  const ScNetwork& network() const { return network_; }

 private:
  torch::Tensor loss(const Images& batch, double share_done) override;
  void constrain() override { network_.constrain(); }
  torch::Tensor answer(const torch::Tensor& pixels) const override;

  ScNetwork network_;
};

}  // namespace lacuna::models
