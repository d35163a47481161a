// SPDX-License-Identifier: Apache-2.0
// Sums of weight rows over a block of images: the hot loop of golden's fully-connected layers.
// Exact: sums are 32-bit integers, so their order does not change them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "golden/bundle.h"
#include "golden/fc/image_block.h"

namespace lacuna::golden {

/// A weight matrix without its zeros, as far as that pays: rows are taken one, two or four at a
/// time, and four consecutive inputs at which all of these have weight zero cost nothing.
class SparseRows {
 public:
  SparseRows() = default;
  /// Rows with zeros in the same places should follow each other.
  explicit SparseRows(const Int8Matrix& weight);

  /// Rows, rounded up to what `sum` writes.
  std::size_t rows() const { return start_.size(); }
  /// Rows taken at a time.
  std::size_t block_rows() const { return block_rows_; }
  /// sums[row * ImageBlock::kImages + image] = sum over inputs of weight(row, input) * x
  void sum(const ImageBlock& x, std::int32_t* sums) const;

 private:
  template <int Rows>
  void sum_blocks(const ImageBlock& x, std::int32_t* sums) const;

  std::size_t block_rows_ = 1;
  std::vector<std::size_t> first_;      ///< of each block's groups, and the end of the last one's
  std::vector<std::uint16_t> groups_;   ///< of four inputs
  std::vector<std::uint32_t> weights_;  ///< [group of a block][row of the block]
  std::vector<std::int32_t> start_;     ///< [row] what takes the activations' offset away
};

}  // namespace lacuna::golden
