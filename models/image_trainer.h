// SPDX-License-Identifier: Apache-2.0
// The training loop of networks that answer a whole image at once: batches in random order, Adam
// with a rate that falls linearly to 0, a validation and a checkpoint after every epoch.
#pragma once

#include <torch/torch.h>

#include <filesystem>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "models/checkpoint.h"
#include "models/data/image_data.h"
#include "models/optimizer.h"

namespace lacuna::models {

/// The settings that the loop itself needs.
struct ImageRun {
  int batch = 0;
  int epochs = 0;
  double learning_rate = 0;  ///< of the first step
  int seed = 0;
  nlohmann::json deciding;  ///< all settings that decide what the run computes
};

/// Of the settings of any such network.
template <typename Settings>
ImageRun image_run(const Settings& settings) {
  nlohmann::json deciding = to_json(settings);
  deciding.erase("paper_error");
  return {settings.batch, settings.epochs, settings.learning_rate, settings.seed, deciding};
}

class ImageTrainer {
 public:
  virtual ~ImageTrainer() = default;
  ImageTrainer(const ImageTrainer&) = delete;
  ImageTrainer& operator=(const ImageTrainer&) = delete;

  /// Trains until the settings' last epoch, or for `epoch_limit` epochs of this call. True at the
  /// end of the run; the network is then the one of the best validation.
  bool train(int epoch_limit = std::numeric_limits<int>::max());

  /// Per cent of the images whose largest output is not their label's. What answers draw at random
  /// is the same in every call.
  double error(const Images& images) const;

  /// One entry an epoch: epoch, mean loss of training, valid, seconds.
  const nlohmann::json& curve() const { return curve_; }
  double seconds() const { return seconds_; }  ///< spent in train(), resumed parts included

 protected:
  /// Keeps a reference to `data`. @throws Error if the data are fewer than a batch.
  ImageTrainer(ImageRun run, const ImageData& data, std::filesystem::path checkpoint);

  /// The last thing in the constructor of a derived class. Goes on from the checkpoint if that file
  /// exists and was written under the same settings. @throws Error if it belongs to others.
  /// @param factors of the learning rate, one a parameter
  void begin(const Optimizer::Parameters& parameters, std::vector<double> factors);

  const ImageData& data() const { return data_; }

 private:
  /// Of a batch. @param share_done of the run, 0..1
  virtual torch::Tensor loss(const Images& batch, double share_done) = 0;
  /// After a step: keeps parameters within their range.
  virtual void constrain() = 0;
  /// Before the network as it is answers images that it is not trained on.
  virtual void settle() {}
  /// Outputs [images, classes].
  virtual torch::Tensor answer(const torch::Tensor& pixels) const = 0;

  std::int64_t steps_per_epoch() const;
  double train_epoch();  ///< Returns the mean loss.
  double validate();     ///< Returns the error and keeps the network if none was better.
  std::vector<torch::Tensor> snapshot() const;
  void restore(const std::vector<torch::Tensor>& weights);
  void save() const;
  void load(const Checkpoint& checkpoint);

  ImageRun run_;
  const ImageData& data_;
  std::filesystem::path file_;
  Optimizer::Parameters parameters_;
  std::optional<Optimizer> optimizer_;
  int epoch_ = 0;  ///< epochs done
  double best_ = std::numeric_limits<double>::infinity();
  std::vector<torch::Tensor> best_weights_;
  nlohmann::json curve_ = nlohmann::json::array();
  double seconds_ = 0;
};

}  // namespace lacuna::models
