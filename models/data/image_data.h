// SPDX-License-Identifier: Apache-2.0
// MNIST as images, as sequences of pixels or as sequences of rows.
#pragma once

#include <torch/torch.h>

#include <filesystem>
#include <string>
#include <string_view>

namespace lacuna::models {

inline constexpr int kImageClasses = 10;

struct Images {
  torch::Tensor pixels;  ///< uint8 [images, 28, 28]
  torch::Tensor labels;  ///< int64 [images]
};

struct ImageData {
  std::string sha256;         ///< of the four decompressed files
  Images train, valid, test;  ///< 50,000, 10,000 (the last of the training file) and 10,000
};

/// @throws Error for missing files, wrong checksums and damaged headers.
ImageData load_mnist(const std::filesystem::path& folder);

/// Parses one pair of IDX files. @throws Error at `where` if headers, sizes or labels are not
/// right.
Images parse_idx(std::string_view images, std::string_view labels, const std::string& where);

/// Pixel v as floor(v / 2) / 128, exactly an 8-bit Q0.7.
/// @return float [images, pixels], in reading order
torch::Tensor pixel_vectors(const torch::Tensor& pixels);

/// The same numbers as sequences. @return float [steps, images, features]: 784 steps of 1, or 28
/// steps of 28 where `rows`
torch::Tensor pixel_sequences(const torch::Tensor& pixels, bool rows);

}  // namespace lacuna::models
