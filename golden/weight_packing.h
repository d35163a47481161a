// SPDX-License-Identifier: Apache-2.0
// Weights as bits (golden/weight_format.h says which), in bundles and in the engine's memory.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "golden/bundle.h"

namespace lacuna::golden {

/// The low weight_bits(format) bits of what the format stores for a weight that it holds.
std::uint32_t encode_weight(WeightFormat format, int weight);

/// Or-s a value into bytes that are 0 there, its lowest bit at `first_bit`.
void put_bits(std::uint8_t* bytes, std::int64_t first_bit, std::uint32_t value);

/// Bytes of a packed row: each row begins at a byte.
std::int64_t packed_row_bytes(WeightFormat format, std::int64_t columns);

/// Rows of weights, first weight in the lowest bits of the first byte; bits left over are 0.
std::vector<std::uint8_t> pack_weights(const WeightMatrix& weights, WeightFormat format);

/// @throws Error at `where` for bits that stand for no weight.
WeightMatrix unpack_weights(const std::vector<std::uint8_t>& bytes, WeightFormat format,
                            std::int64_t rows, std::int64_t columns, const std::string& where);

}  // namespace lacuna::golden
