// SPDX-License-Identifier: Apache-2.0
// Post-training quantisation of a float network into a bundle: 8-bit weights with one scale a row,
// 8-bit states and inputs, formats chosen by calibration (docs/lstm.md, "Numeric formats").
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

/// Runs the float network over the data, from zero states, and returns what it saw.
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

/// Quantises. Weights: round to nearest of w / (max|w| of the row / 127), in larger steps for a row
/// whose sum could need more than kAccumulatorBits bits (long rows without a dominant weight).
/// cell_frac: the most fraction bits that hold 1.25 times the largest cell value seen. threshold:
/// round(128 T) in units of Q0.7, the smallest kept state as it is stored.
/// @throws Error when a number is outside every format.
Bundle quantize(const FloatNetwork& network, const CalibrationReport& report);

}  // namespace lacuna::golden
