// SPDX-License-Identifier: Apache-2.0
// Thresholds lie on the half-integer grid of Q0.7, T = (k - 1/2) / 128, so that the float state and
// its 8-bit form are pruned alike; the controller finds the T that makes a wanted share of states
// zero.
#pragma once

#include <torch/torch.h>

#include <array>

#include "golden/quantize.h"

namespace lacuna::models {

using golden::grid_threshold;

/// Index of the grid point nearest to `threshold`.
int grid_index(double threshold);

/// Follows the distribution of |h| during training and steers the threshold along a ramp. The
/// threshold alone cannot: the gradient goes straight through the pruning, so units that matter
/// grow above any threshold, which would follow them up to 1. From a highest threshold on, a
/// penalty on non-zero states does the rest.
class ThresholdController {
 public:
  static constexpr int kBins = 129;  ///< bin = floor(128 |h| + 1/2)

  /// Adds one step's states (before pruning, any shape) to the running histogram.
  void observe(const torch::Tensor& states);

  /// Moves the grid index towards the share `sparsity` of zero states, at most one grid step and no
  /// higher than `highest`. Where that does not reach, the pressure rises by what is missing, times
  /// a gain; it falls again where there are more zeros than wanted.
  void steer(double sparsity, int highest);

  int index() const { return index_; }
  void set_index(int index) { index_ = index; }

  /// Weight of the penalty on non-zero states.
  double pressure() const { return pressure_; }

  /// Histogram, index and pressure as one tensor, for checkpoints.
  torch::Tensor save() const;
  void load(const torch::Tensor& saved);

 private:
  std::array<double, kBins> histogram_{};
  int index_ = 0;
  double pressure_ = 0;
};

/// Share of zero states wanted when `progress` (0..1) of the run is done: none before `begin`,
/// rising as 1 - (1 - x)^3 to `target` at `end`, so that the last, hardest part comes slowest.
double ramped_sparsity(double progress, double begin, double end, double target);

}  // namespace lacuna::models
