// SPDX-License-Identifier: Apache-2.0
#include "golden/weight_packing.h"

#include <fmt/format.h>

#include "golden/error.h"

namespace lacuna::golden {
namespace {

/// The weight that `code` stands for, whether or not the format has it.
int decode_weight(WeightFormat format, std::uint32_t code) {
  if (format == WeightFormat::kBinary) return code == 0 ? 1 : -1;
  const int sign = 1 << (weight_bits(format) - 1);
  return (static_cast<int>(code) ^ sign) - sign;
}

}  // namespace

std::uint32_t encode_weight(WeightFormat format, int weight) {
  if (format == WeightFormat::kBinary) return weight < 0 ? 1 : 0;
  return static_cast<std::uint32_t>(weight) & ((1U << weight_bits(format)) - 1);
}

std::int64_t packed_row_bytes(WeightFormat format, std::int64_t columns) {
  return (columns * weight_bits(format) + 7) / 8;
}

void put_bits(std::uint8_t* bytes, std::int64_t first_bit, std::uint32_t value) {
  bytes += first_bit / 8;
  for (std::uint32_t shifted = value << (first_bit % 8); shifted != 0; shifted >>= 8, ++bytes) {
    *bytes = static_cast<std::uint8_t>(*bytes | shifted);
  }
}

std::vector<std::uint8_t> pack_weights(const WeightMatrix& weights, WeightFormat format) {
  const std::int64_t row_bytes = packed_row_bytes(format, weights.cols());
  std::vector<std::uint8_t> bytes(static_cast<std::size_t>(weights.rows() * row_bytes), 0);
  for (Eigen::Index row = 0; row < weights.rows(); ++row) {
    for (Eigen::Index column = 0; column < weights.cols(); ++column) {
      put_bits(bytes.data() + row * row_bytes, column * weight_bits(format),
               encode_weight(format, weights(row, column)));
    }
  }
  return bytes;
}

WeightMatrix unpack_weights(const std::vector<std::uint8_t>& bytes, WeightFormat format,
                            std::int64_t rows, std::int64_t columns, const std::string& where) {
  const std::int64_t row_bytes = packed_row_bytes(format, columns);
  const int bits = weight_bits(format);
  WeightMatrix weights(rows, columns);
  for (std::int64_t row = 0; row < rows; ++row) {
    const std::uint8_t* from = bytes.data() + row * row_bytes;
    std::uint32_t waiting = 0;
    int count = 0;
    for (std::int64_t column = 0; column < columns; ++column) {
      for (; count < bits; count += 8) waiting |= static_cast<std::uint32_t>(*from++) << count;
      const int weight = decode_weight(format, waiting & ((1U << bits) - 1));
      if (!holds(format, weight)) {
        throw Error(where,
                    fmt::format("row {}, column {} is no {} weight", row, column, name_of(format)),
                    "the file is damaged");
      }
      weights(row, column) = static_cast<std::int16_t>(weight);
      waiting >>= bits;
      count -= bits;
    }
    if (waiting != 0)
      throw Error(where, fmt::format("row {} does not end with zeros", row), "the file is damaged");
  }
  return weights;
}

}  // namespace lacuna::golden
