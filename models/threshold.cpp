// SPDX-License-Identifier: Apache-2.0
#include "models/threshold.h"

#include <algorithm>
#include <cmath>

namespace lacuna::models {
namespace {

constexpr double kMemory = 0.98;  // of the histogram, a training step
constexpr double kGain = 0.05;    // of the pressure, a step and missing share of zeros
constexpr int kStride = 7;        // one state in so many is looked at; prime, so all units come up

}  // namespace

int grid_index(double threshold) {
  return threshold <= 0
             ? 0
             : std::clamp(static_cast<int>(std::ceil(threshold * 128.0)), 1, golden::kMaxThreshold);
}

void ThresholdController::observe(const torch::Tensor& states) {
  const torch::Tensor flat = states.detach().contiguous();
  const float* values = flat.data_ptr<float>();
  for (double& bin : histogram_) bin *= kMemory;
  for (std::int64_t n = 0; n < flat.numel(); n += kStride) {
    const int bin = static_cast<int>(std::fabs(values[n]) * 128.0F + 0.5F);
    histogram_[static_cast<std::size_t>(std::min(bin, kBins - 1))] += 1.0;
  }
}

void ThresholdController::steer(double sparsity, int highest) {
  double total = 0;
  for (const double bin : histogram_) total += bin;
  if (total == 0 || sparsity <= 0) return;
  // Threshold k zeroes the bins below k.
  int wanted = 0;
  double below = 0;
  for (; wanted < highest && below < sparsity * total; ++wanted) {
    below += histogram_[static_cast<std::size_t>(wanted)];
  }
  pressure_ = std::max(0.0, pressure_ + kGain * (sparsity - below / total));
  index_ += std::clamp(wanted - index_, -1, 1);
}

torch::Tensor ThresholdController::save() const {
  torch::Tensor saved = torch::empty({kBins + 2}, torch::kDouble);
  std::copy(histogram_.begin(), histogram_.end(), saved.data_ptr<double>());
  saved.data_ptr<double>()[kBins] = index_;
  saved.data_ptr<double>()[kBins + 1] = pressure_;
  return saved;
}

void ThresholdController::load(const torch::Tensor& saved) {
  TORCH_CHECK(saved.numel() == kBins + 2 && saved.scalar_type() == torch::kDouble,
              "threshold state of the wrong size");
  std::copy_n(saved.data_ptr<double>(), kBins, histogram_.begin());
  index_ = static_cast<int>(saved.data_ptr<double>()[kBins]);
  pressure_ = saved.data_ptr<double>()[kBins + 1];
}

double ramped_sparsity(double progress, double begin, double end, double target) {
  if (progress <= begin) return 0;
  if (progress >= end) return target;
  const double left = 1.0 - (progress - begin) / (end - begin);
  return target * (1.0 - left * left * left);
}

}  // namespace lacuna::models
