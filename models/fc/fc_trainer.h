// SPDX-License-Identifier: Apache-2.0
// The training loop of fully-connected networks: squared hinge loss, Adam with a rate that falls
// linearly to 0, a validation and a checkpoint after every epoch.
#pragma once

#include <filesystem>
#include <limits>
#include <nlohmann/json.hpp>
#include <vector>

#include "models/checkpoint.h"
#include "models/data/image_data.h"
#include "models/fc/fc_network.h"
#include "models/fc/fc_settings.h"
#include "models/optimizer.h"

namespace lacuna::models {

/// Mean over images and classes of max(0, 1 - t y)^2, t being 1 for an image's class, else -1.
/// @param outputs [images, classes]
/// @param labels  int64 [images]
torch::Tensor squared_hinge(const torch::Tensor& outputs, const torch::Tensor& labels);

class FcTrainer {
 public:
  /// Goes on from `checkpoint` if that file exists and was written under the same settings. Keeps a
  /// reference to `data`.
  /// @throws Error if it belongs to other settings, or if the data are fewer than a batch.
  FcTrainer(const FcSettings& settings, const ImageData& data, std::filesystem::path checkpoint);

  /// Trains until the settings' last epoch, or for `epoch_limit` epochs of this call. True at the
  /// end of the run; the network is then the one of the best validation.
  bool train(int epoch_limit = std::numeric_limits<int>::max());

  const FcNetwork& network() const { return network_; }

  /// Per cent of the images whose largest output is not their label's.
  double error(const Images& images) const;

  /// What the first fully-connected layer takes of images. @return float [images, inputs]
  torch::Tensor features(const torch::Tensor& pixels) const;

  /// One entry an epoch: epoch, mean loss of training, valid, seconds.
  const nlohmann::json& curve() const { return curve_; }
  double seconds() const { return seconds_; }  ///< spent in train(), resumed parts included

 private:
  std::int64_t steps_per_epoch() const;
  torch::Tensor inputs(const torch::Tensor& pixels) const;  ///< Of the network.
  double train_epoch();                                     ///< Returns the mean loss.
  double validate();  ///< Returns the error and keeps the network if none was better.
  void collect();
  std::vector<torch::Tensor> snapshot() const;
  void restore(const std::vector<torch::Tensor>& weights);
  void save() const;
  void load(const Checkpoint& checkpoint);

  FcSettings settings_;
  const ImageData& data_;
  std::filesystem::path file_;
  FcNetwork network_;
  Optimizer optimizer_;
  int epoch_ = 0;  ///< epochs done
  double best_ = std::numeric_limits<double>::infinity();
  std::vector<torch::Tensor> best_weights_;
  nlohmann::json curve_ = nlohmann::json::array();
  double seconds_ = 0;
};

}  // namespace lacuna::models
