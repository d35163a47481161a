// SPDX-License-Identifier: Apache-2.0
// What a bundle is run on: symbols or vectors for its first layer, from a file or from a seed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "golden/bundle.h"

namespace lacuna::sim {

/// `streams` sequences of `steps` steps: symbols for networks that begin with an embedding or a
/// one-hot layer, else vectors.
struct NetworkInput {
  int streams = 0, steps = 0;
  std::vector<std::vector<int>> symbols;  ///< [stream][step]
  std::vector<std::vector<std::int8_t>>
      dense;           ///< [step], index [position * streams + stream], quantised
  std::string source;  ///< for the report, e.g. "test.txt" or "random, seed 1"
};

struct InputRequest {
  std::optional<std::filesystem::path>
      file;  ///< text, .npy [steps, inputs] or [streams, steps, inputs], or MNIST's IDX, also .gz
  int streams = 8;
  int steps = 0;  ///< 0: as many as the file has, at most kDefaultSteps
  std::uint64_t seed = 1;
  bool fewer = false;  ///< of a text or .npy, take fewer streams where it has no more
};

inline constexpr int kDefaultSteps = 50;
inline constexpr int kAllSteps = -1;  ///< for InputRequest::steps: to the end of the file

/// Text and a .npy of one sequence are cut into streams at equal distances; of a .npy of several
/// sequences and of images the first `streams` are taken. Real values are rounded to the first
/// layer's input format. Fully-connected networks take one step, an image a stream.
/// @throws Error for files that do not fit the bundle or are too short.
NetworkInput read_network_input(const golden::Bundle& bundle, const InputRequest& request);

/// What an embedding makes of the symbols. @return [step], index [feature * streams + stream]
std::vector<std::vector<std::int8_t>> embed(const golden::EmbeddingLayer& layer,
                                            const NetworkInput& input);

/// The vectors of an input of one step, image by image. @return index [image * inputs + input]
std::vector<std::int8_t> images_of(const NetworkInput& input);

}  // namespace lacuna::sim
