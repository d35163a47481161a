// SPDX-License-Identifier: Apache-2.0
// A trained recurrent network in floating point, as it comes out of training or a PyTorch
// state_dict: the input of quantisation. Gates in PyTorch's order i, f, g, o; row = gate * units +
// unit.
#pragma once

#include <Eigen/Dense>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "golden/weight_format.h"

namespace lacuna::golden {

using FloatMatrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using FloatVector = Eigen::VectorXf;

struct FloatLstm {
  FloatMatrix weight_x;  ///< [4 units, inputs]
  FloatMatrix weight_h;  ///< [4 units, units]
  FloatVector bias;      ///< [4 units], both of PyTorch's biases added
  float threshold = 0;   ///< states with |h| below it are zero (P3)
  /// What the weights are quantised to. Ternary and binary: every row has one magnitude.
  WeightFormat format = WeightFormat::kInt8;
  FloatVector cell_scale;  ///< [units] or empty (1): h = o tanh(cell_scale c + cell_shift)
  FloatVector cell_shift;  ///< [units] or empty (0)
  FloatVector initial_h;   ///< [units] or empty (0): state before the first step
  FloatVector initial_c;   ///< [units] or empty (0)

  int inputs() const { return static_cast<int>(weight_x.cols()); }
  int units() const { return static_cast<int>(weight_h.cols()); }
};

struct FloatLinear {
  FloatMatrix weight;  ///< [outputs, inputs]
  FloatVector bias;    ///< [outputs]
};

struct FloatNetwork {
  std::optional<FloatMatrix>
      embedding;  ///< [entries, features]; absent: symbols are one-hot, or the input is dense
  std::vector<FloatLstm> lstm;
  std::optional<FloatLinear> linear;
  /// Facts that the bundle keeps: task, vocabulary, training, seed, data (docs/bundle.md).
  nlohmann::json facts = nlohmann::json::object();
};

/// Reads PyTorch-named weights (docs/bundle.md, "Float weights"), F64, F32, F16 or BF16. `facts`
/// comes from the metadata string `lacuna.facts` when the file has one; thresholds and weight
/// formats from `facts["thresholds"]` and `facts["weight_formats"]`, one a layer. Tensors beyond
/// PyTorch's: `cell_scale_l0`, `cell_shift_l0`, `initial_h_l0`, `initial_c_l0`.
/// @throws Error naming the file and tensor: missing or extra tensors, shapes that do not fit, NaN
/// or infinite values,
///         bidirectional networks, projections.
FloatNetwork read_float_network(const std::filesystem::path& file);

/// Writes the same form: names `embedding.weight`, `lstm.weight_ih_l0` ..., `linear.weight`,
/// `linear.bias`; both biases are written, the second as zeros.
void write_float_network(const FloatNetwork& network, const std::filesystem::path& file);

}  // namespace lacuna::golden
