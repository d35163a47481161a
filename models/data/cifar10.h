// SPDX-License-Identifier: Apache-2.0
// CIFAR-10 (A. Krizhevsky, "Learning Multiple Layers of Features from Tiny Images", 2009) in its
// binary layout.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "models/data/image_data.h"

namespace lacuna::models {

/// The five training batches of 10,000 images. The official test batch is not among them: the fifth
/// is held out as test set. Of the others the last 5,000 images are for validation, 35,000 train.
/// @throws Error for missing files, wrong checksums and damaged content.
ImageData load_cifar10(const std::filesystem::path& folder);

/// Parses batches that lie one after the other: each image is a label byte, then 1024 bytes of red,
/// 1024 of green, 1024 of blue, each plane in reading order.
/// @return pixels [images, 3, 32, 32]
/// @throws Error at `where` if the size is not that of whole images, or a label is not below 10.
Images parse_cifar10(std::string_view bytes, const std::string& where);

}  // namespace lacuna::models
