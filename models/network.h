// SPDX-License-Identifier: Apache-2.0
// The network that is trained: optional embedding, one LSTM layer with pruned states, output layer.
#pragma once

#include <torch/torch.h>

#include <string>
#include <utility>
#include <vector>

#include "golden/float_network.h"
#include "models/lstm_function.h"
#include "models/settings.h"

namespace lacuna::models {

class Network {
 public:
  /// @param inputs  symbols, or features of a dense input
  /// @param symbols inputs are token ids, one-hot or embedded as `settings` says
  Network(const Settings& settings, int inputs, int outputs, bool symbols);

  /// Runs the LSTM. @param input token ids [steps, batch] or float [steps, batch, inputs]
  LstmOutput run(const torch::Tensor& input, const LstmState& initial, float threshold,
                 Precision precision, bool training) const;

  /// Logits [rows, outputs] of pruned states [rows, units].
  torch::Tensor output(const torch::Tensor& states, Precision precision, bool training) const;

  LstmState zero_state(std::int64_t batch) const;

  /// Every trained tensor under its name; the tensors are the network's own.
  const std::vector<std::pair<std::string, torch::Tensor>>& parameters() const { return all_; }

  /// Takes over weights of the same shapes. @throws Error at `where` if they have others.
  void assign(const golden::FloatNetwork& weights, const std::string& where);

  /// The same weights for golden; facts are left empty.
  golden::FloatNetwork to_float(float threshold) const;

 private:
  void initialise(const std::string& how, int steps);

  double dropout_;
  StraightThrough straight_through_;
  torch::Tensor embedding_;  ///< undefined: one-hot or dense inputs
  LstmParameters lstm_;
  torch::Tensor output_weight_, output_bias_;
  std::vector<std::pair<std::string, torch::Tensor>> all_;
};

}  // namespace lacuna::models
