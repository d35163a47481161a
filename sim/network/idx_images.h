// SPDX-License-Identifier: Apache-2.0
// Images and labels in MNIST's IDX format (Y. LeCun, "The MNIST database"): magic 0x00000803,
// count, rows, columns, all big-endian, then bytes; of labels 0x00000801, count, then bytes.
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

namespace lacuna::sim {

struct IdxImages {
  int rows = 0, columns = 0;
  std::vector<std::vector<std::uint8_t>> images;  ///< row-major
};

/// The first `count` images of a plain or gzip-compressed file. @throws Error if it has not as many
/// or is no such file.
IdxImages read_idx_images(const std::filesystem::path& file, int count);

/// The first `count` labels, 0..9, of a file with magic 0x00000801. @throws Error likewise.
std::vector<int> read_idx_labels(const std::filesystem::path& file, int count);

}  // namespace lacuna::sim
