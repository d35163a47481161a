// SPDX-License-Identifier: Apache-2.0
// The LSTM layer with threshold-pruned states (P3, docs/training.md) as one differentiable
// function over the whole sequence: the recurrent products are the only work inside the step loop
// besides fused element-wise loops, and the weight gradients are one product over all steps.
// Batch normalisation with statistics from elsewhere (P4) is a scale of the weights' rows and of
// the cell: h = o tanh(cell_scale c + cell_shift).
#pragma once

#include <torch/torch.h>

namespace lacuna::models {

/// Arithmetic of the matrix products; element-wise work and parameters are always 32-bit.
enum class Precision { kFloat32, kBfloat16 };

/// kBfloat16 where the processor multiplies it natively, else kFloat32.
Precision fastest_precision();

/// How the gradient of a pruned state becomes that of the state. Plain: unchanged (P3).
/// Attenuated: times (|h| / T)^2 where |h| < T (ours), because a state near zero that the pruning
/// hides is far from having an effect, and gradients through many of them are mostly noise.
enum class StraightThrough { kPlain, kAttenuated };

struct LstmParameters {
  torch::Tensor weight_x;         ///< [4 units, inputs], gates in PyTorch's order i, f, g, o
  torch::Tensor weight_h;         ///< [4 units, units]
  torch::Tensor bias;             ///< [4 units]
  torch::Tensor cell_scale = {};  ///< [units]; undefined: 1
  torch::Tensor cell_shift = {};  ///< [units]; undefined: 0
};

struct LstmState {
  torch::Tensor h;  ///< [batch, units], pruned
  torch::Tensor c;  ///< [batch, units]
};

struct LstmOutput {
  torch::Tensor states;  ///< [steps, batch, units], before pruning; differentiable
  torch::Tensor cells;   ///< [steps, batch, units]; no gradient flows through them
  LstmState last;        ///< for the next call; no gradient flows through it
};

/// @param input   token ids, int64 [steps, batch] (one-hot inputs), or float [steps, batch,
///                inputs]
/// @param initial state before the first step, differentiable
/// @param threshold states with |h| below it are zero for the recurrence; 0 prunes nothing
LstmOutput lstm(const torch::Tensor& input, const LstmParameters& parameters,
                const LstmState& initial, float threshold,
                Precision precision = Precision::kFloat32,
                StraightThrough straight_through = StraightThrough::kPlain);

/// h where |h| >= threshold, else 0; the gradient passes straight through.
torch::Tensor prune(const torch::Tensor& states, float threshold);

}  // namespace lacuna::models
