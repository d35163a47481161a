// SPDX-License-Identifier: Apache-2.0
// Float weights, for example a PyTorch state_dict, into a bundle: what `lacuna import` does.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "golden/quantize.h"

namespace lacuna::golden {

struct ImportOptions {
  std::filesystem::path weights;  ///< float weights (docs/bundle.md, "Float weights")
  std::filesystem::path bundle;   ///< written
  std::string engine = "lstm";
  /// Text, or a .npy array [streams, steps, inputs] or [steps, inputs]. Without it cells get their
  /// widest range (kMinCellFrac), and dense inputs are taken to lie within -1..1.
  std::optional<std::filesystem::path> calibration;
  std::optional<float> threshold;  ///< of every layer, in place of those in the file
  std::optional<double>
      sparsity;  ///< or: share of states that shall be zero on the calibration data
  std::optional<std::string> task;  ///< in place of the file's; text without one is "characters"
};

/// Reads, calibrates, quantises, writes. Returns the report `lacuna.import/1`.
/// @throws Error for bad files, and for options that exclude or lack each other.
nlohmann::json import_network(const ImportOptions& options);

/// Calibration data for a network from a text or .npy file: up to 16 streams of 400 symbols spread
/// over the text, or up to 64 streams of 2000 vectors. A text's vocabulary is that of
/// network.facts; if there is none, it is made from the text and put there, provided that its size
/// is the network's.
CalibrationData read_calibration(const std::filesystem::path& file, FloatNetwork& network);

}  // namespace lacuna::golden
