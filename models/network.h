// SPDX-License-Identifier: Apache-2.0
// The network that is trained: optional embedding, one LSTM layer with pruned states, output layer.
// Optionally the LSTM's weights are ternary or binary, and its products and cell normalised (P4):
//
//   pre = BN(W_h h; gamma_h) + BN(W_x x; gamma_x) + bias      h = o tanh(BN(c; gamma_c, beta_c))
#pragma once

#include <torch/torch.h>

#include <string>
#include <utility>
#include <vector>

#include "golden/float_network.h"
#include "models/lstm_function.h"
#include "models/normalisation.h"
#include "models/per_step_normalisation.h"
#include "models/run_mode.h"
#include "models/settings.h"

namespace lacuna::models {

/// Statistics of one LSTM layer.
struct LayerNormalisation {
  ProductNormalisation x, h;
  RunningMoments cell_training, cell_evaluation;
};

class Network {
 public:
  /// @param inputs  symbols, or features of a dense input
  /// @param symbols inputs are token ids, one-hot or embedded as `settings` says
  Network(const Settings& settings, int inputs, int outputs, bool symbols);

  /// Runs the LSTM. @param input token ids [steps, batch] or float [steps, batch, inputs]
  LstmOutput run(const torch::Tensor& input, const LstmState& initial, float threshold,
                 Precision precision, RunMode mode) const;

  /// Logits [rows, outputs] of pruned states [rows, units].
  torch::Tensor output(const torch::Tensor& states, Precision precision, RunMode mode) const;

  /// Where every sequence begins: learned where the network is normalised, else zero.
  LstmState initial_state(std::int64_t batch) const;

  /// Whether weights are drawn at random in training, until further notice.
  void sample_weights(bool sample) { sample_ = sample; }

  bool normalised() const { return normalised_; }
  /// Whether to_float() can say what the network computes.
  bool exportable() const { return !per_step_; }
  /// Makes kCollect begin anew, from the statistics of training.
  void restart_collection() const;

  /// Factor of the learning rate of each of parameters(): master weights of few values move in
  /// steps of their range, whatever the layer's size.
  std::vector<double> rate_factors() const;

  /// Keeps master weights within the range in which they change what is drawn, +-W0, and the
  /// initial state within a state's.
  void constrain();

  /// Turns weights trained in full precision into master weights: every row is scaled to the root
  /// mean square W0 / 2, which the normalisation takes out again.
  void make_masters();

  /// Every trained tensor under its name; the tensors are the network's own.
  const std::vector<std::pair<std::string, torch::Tensor>>& parameters() const { return all_; }

  /// Statistics of training and evaluation that last: the network's own tensors, for checkpoints.
  std::vector<torch::Tensor> statistics() const;

  /// Takes over weights of the same shapes that no normalisation was folded into. A normalised
  /// network computes what they say, and observes, until normalise().
  /// @throws Error at `where` if they have other shapes or are folded
  void assign(const golden::FloatNetwork& weights, const std::string& where);

  /// After assign() and kCollect: gammas, betas and biases become what the collected statistics
  /// make of the assigned weights, so that evaluation computes the same; then make_masters().
  void normalise();

  /// What evaluation computes, for golden: normalisation folded into weights and biases. Facts are
  /// left empty. Only if exportable().
  golden::FloatNetwork to_float(float threshold) const;

 private:
  void initialise(const std::string& how, int steps);
  void initialise_normalisation(int steps);
  torch::Tensor quantised(const torch::Tensor& master, RunMode mode) const;
  /// What the LSTM function computes with: normalisation folded into weights and biases.
  LstmParameters fold(RunMode mode) const;
  void observe(const torch::Tensor& input, const LstmState& initial, const LstmOutput& output,
               float threshold, RunMode mode) const;

  double dropout_;
  StraightThrough straight_through_;
  golden::WeightFormat format_;
  bool normalised_, per_step_, sample_ = false;
  bool assigned_ = false;    ///< between assign() and normalise()
  torch::Tensor embedding_;  ///< undefined: one-hot or dense inputs
  LstmParameters lstm_;      ///< master weights; the cell's scale and shift are gamma_c and beta_c
  torch::Tensor gamma_x_, gamma_h_, initial_h_, initial_c_;  ///< undefined if not normalised
  mutable LayerNormalisation normalisation_;                 ///< learns from what runs
  mutable PerStepNormalisation by_step_;                     ///< in its place, if per_step_
  torch::Tensor output_weight_, output_bias_;
  std::vector<std::pair<std::string, torch::Tensor>> all_;
};

}  // namespace lacuna::models
