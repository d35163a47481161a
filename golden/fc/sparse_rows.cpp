// SPDX-License-Identifier: Apache-2.0
#include "golden/fc/sparse_rows.h"

#include <algorithm>
#include <limits>

#include "golden/fc/sparse_rows_kernel.h"

namespace lacuna::golden {
namespace {

constexpr std::size_t kGroup = ImageBlock::kGroup;
constexpr std::int32_t kOffset = 128;  ///< of an activation

/// How many rows a block may have, and what a group of inputs then costs: relative times measured
/// on a core with VNNI, whose loads bound a lone row.
struct BlockKind {
  std::size_t rows;
  std::size_t cost;
};
constexpr BlockKind kBlockKinds[] = {{1, 13}, {2, 16}, {4, 28}};
constexpr std::size_t kMostRows = 4;

/// Weights of four consecutive inputs a word, the first input's in the lowest byte.
class Words {
 public:
  explicit Words(const Int8Matrix& weight)
      : rows_((static_cast<std::size_t>(weight.rows()) + kMostRows - 1) / kMostRows * kMostRows),
        groups_(ImageBlock::groups_of(static_cast<int>(weight.cols()))),
        words_(rows_ * groups_, 0) {
    for (std::ptrdiff_t row = 0; row < weight.rows(); ++row) {
      for (std::ptrdiff_t input = 0; input < weight.cols(); ++input) {
        const auto at = static_cast<std::size_t>(input);
        words_[static_cast<std::size_t>(row) * groups_ + at / kGroup] |=
            std::uint32_t{static_cast<std::uint8_t>(weight(row, input))} << (8 * (at % kGroup));
      }
    }
  }

  std::size_t rows() const { return rows_; }
  std::size_t groups() const { return groups_; }
  std::uint32_t word(std::size_t row, std::size_t group) const {
    return words_[row * groups_ + group];
  }
  /// Whether any of `count` rows has a weight in the group.
  bool used(std::size_t row, std::size_t count, std::size_t group) const {
    for (const std::size_t end = row + count; row < end; ++row) {
      if (word(row, group) != 0) return true;
    }
    return false;
  }

 private:
  std::size_t rows_, groups_;
  std::vector<std::uint32_t> words_;
};

std::size_t cheapest_block_rows(const Words& words) {
  std::size_t rows = 1, least = std::numeric_limits<std::size_t>::max();
  for (const BlockKind& kind : kBlockKinds) {
    std::size_t cost = 0;
    for (std::size_t row = 0; row < words.rows(); row += kind.rows) {
      for (std::size_t group = 0; group < words.groups(); ++group) {
        if (words.used(row, kind.rows, group)) cost += kind.cost;
      }
    }
    if (cost >= least) continue;
    least = cost;
    rows = kind.rows;
  }
  return rows;
}

}  // namespace

SparseRows::SparseRows(const Int8Matrix& weight) {
  const Words words(weight);
  block_rows_ = cheapest_block_rows(words);
  start_.assign(words.rows(), 0);
  for (std::ptrdiff_t row = 0; row < weight.rows(); ++row) {
    start_[static_cast<std::size_t>(row)] = -kOffset * weight.row(row).cast<std::int32_t>().sum();
  }
  for (std::size_t first = 0; first < words.rows(); first += block_rows_) {
    first_.push_back(groups_.size());
    for (std::size_t group = 0; group < words.groups(); ++group) {
      if (!words.used(first, block_rows_, group)) continue;
      groups_.push_back(static_cast<std::uint16_t>(group));
      for (std::size_t row = first; row < first + block_rows_; ++row)
        weights_.push_back(words.word(row, group));
    }
  }
  first_.push_back(groups_.size());
}

template <int Rows>
void SparseRows::sum_blocks(const ImageBlock& x, std::int32_t* sums) const {
  for (std::size_t block = 0; block + 1 < first_.size(); ++block) {
    const std::size_t first = first_[block];
    sparse_rows::sum_block<Rows>(x.groups.data(), groups_.data() + first,
                                 weights_.data() + first * Rows, first_[block + 1] - first,
                                 start_.data() + block * Rows,
                                 sums + block * Rows * ImageBlock::kImages);
  }
}

void SparseRows::sum(const ImageBlock& x, std::int32_t* sums) const {
  switch (block_rows_) {
    case 1:
      return sum_blocks<1>(x, sums);
    case 2:
      return sum_blocks<2>(x, sums);
    default:
      return sum_blocks<kMostRows>(x, sums);
  }
}

}  // namespace lacuna::golden
