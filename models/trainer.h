// SPDX-License-Identifier: Apache-2.0
// The training loop: schedule, threshold rule, validation, checkpoints.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>

#include "models/checkpoint.h"
#include "models/network.h"
#include "models/optimizer.h"
#include "models/settings.h"
#include "models/task.h"
#include "models/threshold.h"

namespace lacuna::models {

class Trainer {
 public:
  /// Goes on from `checkpoint` if that file exists and was written under the same settings.
  /// @throws Error if it belongs to other settings.
  Trainer(const Settings& settings, Task& task, std::filesystem::path checkpoint);

  /// Trains until the settings' last epoch, or for `step_limit` steps of this call. True at the end
  /// of the run.
  bool train(std::int64_t step_limit = std::numeric_limits<std::int64_t>::max());

  const Network& network() const { return network_; }
  float threshold() const { return grid_threshold(controller_.index()); }
  int threshold_index() const { return controller_.index(); }
  void set_threshold_index(int index) { controller_.set_index(index); }
  Precision precision() const { return precision_; }

  /// One entry a validation: step, epoch, train and valid score, threshold, sparsities, seconds.
  const nlohmann::json& curve() const { return curve_; }
  double seconds() const { return seconds_; }  ///< spent in train(), resumed parts included

  /// Trains `steps` steps more at a fixed threshold, from the network as it is.
  void tune(int index, std::int64_t steps);

  /// Collects the statistics of evaluation for the weights and threshold as they are; to be called
  /// before the network is evaluated or exported. Nothing for networks that are not normalised.
  void collect_statistics();

  /// A copy of all weights, and back.
  std::vector<torch::Tensor> snapshot() const;
  void restore(const std::vector<torch::Tensor>& weights);

 private:
  void begin_from(const std::filesystem::path& file);
  void begin_from(const golden::FloatNetwork& weights, const std::string& where);
  double learning_rate() const;
  double share_done() const;  ///< of the run, 0..1
  bool pruning_by_target() const;
  void one_step(double rate);
  void validate_now();
  double recent() const { return recent_sum_ / recent_weight_; }
  void save() const;
  void load(const Checkpoint& checkpoint);

  Settings settings_;
  Task& task_;
  std::filesystem::path file_;
  Precision precision_;
  Network network_;
  Optimizer optimizer_;
  ThresholdController controller_;
  std::int64_t step_ = 0;  ///< of the whole run
  std::int64_t total_ = 0;
  double rate_scale_ = 1;  ///< of the plateau schedule
  double recent_sum_ = 0;  ///< of the loss in nats, older steps weighing less
  double recent_weight_ = 0;
  double best_ = std::numeric_limits<double>::infinity();
  int best_index_ = 0;
  std::vector<torch::Tensor> best_weights_;
  nlohmann::json curve_ = nlohmann::json::array();
  double seconds_ = 0;
};

}  // namespace lacuna::models
