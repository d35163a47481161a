// SPDX-License-Identifier: Apache-2.0
// NumPy's .npy arrays, format versions 1 and 2, C order, little-endian f4, f8, i1, u1, i2, i4, i8.
// Format: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

namespace lacuna::golden {

/// Values row-major, as float whatever the file's type (integers are exact up to 2^24).
struct NpyArray {
  std::vector<std::int64_t> shape;
  std::vector<float> values;
};

/// @throws Error naming the file for everything that is not such an array, whole and finite.
NpyArray read_npy(const std::filesystem::path& file);

}  // namespace lacuna::golden
