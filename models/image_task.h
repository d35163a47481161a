// SPDX-License-Identifier: Apache-2.0
// Telling a digit from its pixels in sequence; the answer is read from the last step's pruned
// state.
#pragma once

#include "models/data/image_data.h"
#include "models/task.h"

namespace lacuna::models {

class ImageTask : public Task {
 public:
  ImageTask(const Settings& settings, const std::filesystem::path& data);

  int inputs() const override { return rows_ ? 28 : 1; }
  int outputs() const override { return kImageClasses; }
  bool symbols() const override { return false; }
  const char* unit() const override { return "% wrong"; }
  double score(double nats) const override { return nats; }
  const char* score_unit() const override { return "nats"; }
  std::int64_t steps_per_epoch() const override { return data_.train.labels.size(0) / batch_; }
  std::int64_t samples_per_step() const override { return batch_; }
  const char* sample_name() const override { return "images"; }

  void begin_epoch(int epoch) override;
  Step train(const Network& network, std::int64_t step, float threshold,
             Precision precision) override;
  void collect(const Network& network, float threshold, Precision precision) const override;
  Evaluation evaluate(const Network& network, Part part, float threshold,
                      Precision precision) const override;
  Evaluation evaluate(const golden::Bundle& bundle, Part part) const override;
  std::vector<torch::Tensor> carried() const override { return {}; }
  void carry(const std::vector<torch::Tensor>&) override {}
  golden::CalibrationData calibration() const override;
  nlohmann::json facts() const override;

 private:
  const Images& images(Part part) const;

  bool rows_;
  std::int64_t batch_, seed_;
  int joint_batch_;
  ImageData data_;
  torch::Tensor order_;  ///< of the epoch's training images
};

}  // namespace lacuna::models
