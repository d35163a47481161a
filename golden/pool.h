// SPDX-License-Identifier: Apache-2.0
// Smaller images for smaller networks, the same in training and in co-simulation: a bundle's fact
// `pool` says of which squares of pixels its inputs are the means (docs/bundle.md).
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace lacuna::golden {

inline constexpr int kMaxPool = 16;

/// Means of squares of side x side pixels, rounded down, row by row.
/// @param image bytes of `rows` x `columns` pixels, row by row
/// @throws Error at `where` when the squares do not tile the image.
std::vector<std::uint8_t> pool(const std::uint8_t* image, int rows, int columns, int side,
                               const std::string& where);

/// The side of the squares; 1, which changes nothing, when the facts name none.
/// @throws Error for anything but an integer of 1..kMaxPool.
int pool_of_facts(const nlohmann::json& facts);

}  // namespace lacuna::golden
