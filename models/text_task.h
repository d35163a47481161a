// SPDX-License-Identifier: Apache-2.0
// Predicting the next character or word. The text is cut into parallel streams; the state is
// carried from one window to the next within an epoch (truncated back-propagation, as P4's code
// does for words).
#pragma once

#include "models/data/text_data.h"
#include "models/task.h"

namespace lacuna::models {

class TextTask : public Task {
 public:
  TextTask(const Settings& settings, const std::filesystem::path& data);

  int inputs() const override { return data_.vocabulary.size(); }
  int outputs() const override { return data_.vocabulary.size(); }
  bool symbols() const override { return true; }
  const char* unit() const override;
  double score(double nats) const override;
  std::int64_t steps_per_epoch() const override { return windows_; }
  std::int64_t samples_per_step() const override { return batch_ * sequence_; }
  const char* sample_name() const override { return characters_ ? "characters" : "words"; }

  void begin_epoch(int epoch) override;
  Step train(const Network& network, std::int64_t step, float threshold,
             Precision precision) override;
  void collect(const Network& network, float threshold, Precision precision) const override;
  Evaluation evaluate(const Network& network, Part part, float threshold,
                      Precision precision) const override;
  Evaluation evaluate(const golden::Bundle& bundle, Part part) const override;
  std::vector<torch::Tensor> carried() const override;
  void carry(const std::vector<torch::Tensor>& saved) override;
  golden::CalibrationData calibration() const override;
  nlohmann::json facts() const override;

 private:
  const std::vector<int>& tokens(Part part) const;

  bool characters_;
  std::int64_t batch_, sequence_, windows_ = 0;
  int joint_batch_;
  TextData data_;
  torch::Tensor train_;  ///< [steps, batch]
  LstmState state_;      ///< undefined: zero
};

}  // namespace lacuna::models
