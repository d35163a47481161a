// SPDX-License-Identifier: Apache-2.0
// What a network is trained to do: gives the training loop its steps and measures the network on
// held-out data.
#pragma once

#include <torch/torch.h>

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "golden/evaluate.h"
#include "golden/quantize.h"
#include "models/network.h"
#include "models/settings.h"

namespace lacuna::models {

enum class Part { kTrain, kValid, kTest };

inline constexpr std::int64_t kCollectedSteps = 40;

/// How a network does on one part of the data.
struct Evaluation {
  double score = 0;           ///< lower is better, in Task::unit()
  double sparsity = 0;        ///< share of zero states, over all steps, samples and units
  double joint_sparsity = 0;  ///< share of states that are zero in all samples of a batch at once
  int silent_units = 0;       ///< units that are zero at every step of every sample
  std::int64_t predictions = 0;
  /// joint_sparsity by batch, as far as it was counted.
  std::vector<std::pair<int, double>> joint_by_batch = {};
};

nlohmann::json to_json(const Evaluation& evaluation);

/// Score by the task, sparsities of the first LSTM layer.
Evaluation from_golden(const golden::Evaluation& measured, double score);

/// Counts zeros of pruned states for an Evaluation.
class SparsityCount {
 public:
  explicit SparsityCount(int joint_batch) : joint_batch_(joint_batch) {}
  void add(const torch::Tensor& pruned);  ///< [steps, batch, units]
  void finish(Evaluation& evaluation) const;

 private:
  int joint_batch_;
  torch::Tensor active_;  ///< [units]: was ever non-zero
  double zeros_ = 0, states_ = 0, joint_zeros_ = 0, joint_states_ = 0;
};

/// One training step's outcome; `loss` and `states` belong to the autograd graph.
struct Step {
  torch::Tensor loss;    ///< mean over the step's predictions, nats
  torch::Tensor states;  ///< before pruning
};

class Task {
 public:
  virtual ~Task() = default;

  virtual int inputs() const = 0;  ///< symbols, or features
  virtual int outputs() const = 0;
  virtual bool symbols() const = 0;
  virtual const char* unit() const = 0;                      ///< of Evaluation::score
  virtual double score(double nats) const = 0;               ///< of a training loss, for display
  virtual const char* score_unit() const { return unit(); }  ///< of that

  virtual std::int64_t steps_per_epoch() const = 0;
  virtual std::int64_t samples_per_step() const = 0;
  virtual const char* sample_name() const = 0;  ///< what the progress line counts

  virtual void begin_epoch(int epoch) = 0;
  virtual Step train(const Network& network, std::int64_t step, float threshold,
                     Precision precision) = 0;
  /// Runs the network over the first kCollectedSteps steps of the training data, always the same,
  /// in RunMode::kCollect.
  virtual void collect(const Network& network, float threshold, Precision precision) const = 0;
  virtual Evaluation evaluate(const Network& network, Part part, float threshold,
                              Precision precision) const = 0;

  /// The quantised network on the same data: what the engine computes.
  virtual Evaluation evaluate(const golden::Bundle& bundle, Part part) const = 0;

  /// State carried from step to step within an epoch, for checkpoints.
  virtual std::vector<torch::Tensor> carried() const = 0;
  virtual void carry(const std::vector<torch::Tensor>& saved) = 0;

  virtual golden::CalibrationData calibration() const = 0;
  virtual nlohmann::json facts() const = 0;  ///< task, vocabulary, data: as docs/bundle.md says
};

/// The task that `settings` names, with its data loaded. @throws Error.
std::unique_ptr<Task> make_task(const Settings& settings, const std::filesystem::path& data);

}  // namespace lacuna::models
