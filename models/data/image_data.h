// SPDX-License-Identifier: Apache-2.0
// Images with labels and what networks see of them; MNIST, also as sequences of pixels or of rows.
#pragma once

#include <torch/torch.h>

#include <filesystem>
#include <string>
#include <string_view>

namespace lacuna::models {

inline constexpr int kImageClasses = 10;

struct Images {
  torch::Tensor pixels;  ///< uint8 [images, rows, columns] or [images, channels, rows, columns]
  torch::Tensor labels;  ///< int64 [images]
};

struct ImageData {
  std::string sha256;  ///< of the decompressed files one after the other
  Images train, valid, test;
};

/// Images begin to end - 1.
Images slice(const Images& images, std::int64_t begin, std::int64_t end);

/// MNIST, pixels [images, 28, 28]. 50,000 images train, the last 10,000 of the training file are
/// for validation, and 10,000 for the test.
/// @throws Error for missing files, wrong checksums and damaged headers.
ImageData load_mnist(const std::filesystem::path& folder);

/// Parses one pair of IDX files. @throws Error at `where` if headers, sizes or labels are not
/// right.
Images parse_idx(std::string_view images, std::string_view labels, const std::string& where);

/// The means of squares of pixels (golden/pool.h) of images of one channel.
ImageData pooled(const ImageData& data, int side);

/// Pixel v as floor(v / 2) / 128, exactly an 8-bit Q0.7.
/// @return float [images, pixels], in reading order
torch::Tensor pixel_vectors(const torch::Tensor& pixels);

/// For convolutions: every image less its mean over all pixels and channels, divided by its
/// deviation (global contrast normalisation, the first half of BinaryConnect's preprocessing); an
/// image of one colour is 0.
/// @return float [images, channels, rows, columns]
torch::Tensor contrast_normalised(const torch::Tensor& pixels);

/// The numbers of pixel_vectors as sequences. @return float [steps, images, features]: 784 steps of
/// 1, or 28 steps of 28 where `rows`
torch::Tensor pixel_sequences(const torch::Tensor& pixels, bool rows);

}  // namespace lacuna::models
