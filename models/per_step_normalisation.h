// SPDX-License-Identifier: Apache-2.0
// Batch normalisation with statistics of every time step apart, as P4's code has it: for
// comparison with the shared ones. An engine would need a scale a row and step, which for 50 steps
// takes more memory than binary weights save; so nothing of it is folded or exported.
#pragma once

#include <torch/torch.h>

#include <vector>

#include "models/lstm_function.h"
#include "models/run_mode.h"
#include "models/running_moments.h"

namespace lacuna::models {

struct NormalisedLstm {
  LstmParameters lstm;             ///< weights as they multiply; gamma_c and beta_c
  torch::Tensor gamma_x, gamma_h;  ///< [4 units]
};

class PerStepNormalisation {
 public:
  PerStepNormalisation() = default;
  PerStepNormalisation(std::int64_t steps, std::int64_t units);

  /// Runs the layer in 32-bit arithmetic. kTrain and kCollect normalise with the batch's own
  /// statistics, and the gradient goes through them; kEvaluate with those that were collected,
  /// where steps beyond the last are counted from 0 again.
  LstmOutput run(const torch::Tensor& input, const NormalisedLstm& layer, const LstmState& initial,
                 float threshold, RunMode mode);

  /// Forgets what was collected with the next run of kCollect.
  void restart();

 private:
  struct Moments {
    RunningMoments x, h, cell;
  };
  std::vector<Moments> steps_;
};

}  // namespace lacuna::models
