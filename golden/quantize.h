// SPDX-License-Identifier: Apache-2.0
// Quantisation of a float network into a bundle: weights of 12 or 8 bits with one scale a row, or
// the ternary and binary ones that training gave; 8-bit states and inputs; formats chosen by
// calibration (docs/lstm.md, "Numeric formats").
#pragma once

#include "golden/bundle.h"
#include "golden/float_network.h"

namespace lacuna::golden {

/// What calibration runs on: either token ids or dense vectors, `streams` sequences of equal
/// length.
struct CalibrationData {
  std::vector<std::vector<int>> tokens;  ///< [stream][step], for embedding and one-hot inputs
  std::vector<FloatMatrix> dense;        ///< [stream] of [steps, inputs]
};

/// What calibration found, for the report.
struct CalibrationReport {
  InputKind input =
      InputKind::kDense;  ///< of the first layer: one-hot for symbols without an embedding
  std::vector<float> cell_maximum;     ///< largest |c| seen, one a layer
  std::vector<float> input_maximum;    ///< largest |x| seen, one a layer
  std::vector<double> state_sparsity;  ///< share of zero states under the layer's threshold
};

/// Runs the float network over the data, from its initial states, and returns what it saw.
/// @throws Error when data and network do not fit each other.
CalibrationReport calibrate(const FloatNetwork& network, const CalibrationData& data);

/// The float threshold that prunes exactly the states which the integer `threshold` prunes: states
/// are rounded half up, so |h| < T is |round(128 h)| < threshold for T = (threshold - 1/2) / 128.
constexpr float grid_threshold(int threshold) {
  return threshold == 0 ? 0.0F : (static_cast<float>(threshold) - 0.5F) / 128.0F;
}

/// The lowest threshold at which the share `sparsity` of the layer's states is zero on the data,
/// rounded to the half-integer grid of Q0.7 so that float and integer prune the same states.
float threshold_for_sparsity(const FloatNetwork& network, int layer, double sparsity,
                             const CalibrationData& data);

/// Quantises. Weights of int12 and int8: round to nearest of w / (max|w| of the row / 2047 or 127),
/// in larger steps for a row whose sum could need more than accumulator_width() bits (long rows
/// without a dominant weight). Ternary and binary: w / max|w| of the row, which must be -1, 0 or 1.
/// cell_frac: the most fraction bits that hold 1.25 times the largest cell value seen. threshold:
/// round(128 T) in units of Q0.7, the smallest kept state as it is stored.
/// @throws Error when a number is outside every format.
Bundle quantize(const FloatNetwork& network, const CalibrationReport& report);

}  // namespace lacuna::golden
