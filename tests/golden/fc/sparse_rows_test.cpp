// SPDX-License-Identifier: Apache-2.0
// Sums of rows against plain loops, whatever has been left out.
#include "golden/fc/sparse_rows.h"

#include <gtest/gtest.h>

#include "tests/golden/fc/random_fc.h"

namespace lacuna::golden {
namespace {

constexpr std::uint64_t kSeed = 21;

/// @param same rows with zeros in the same places
Int8Matrix random_weights(Dice& dice, int rows, int inputs, int kept_percent, int same = 1) {
  Int8Matrix weight(rows, inputs);
  std::vector<bool> kept(static_cast<std::size_t>(inputs));
  for (int row = 0; row < rows; ++row) {
    for (int input = 0; input < inputs; ++input) {
      const auto at = static_cast<std::size_t>(input);
      if (row % same == 0) kept[at] = dice.chance(kept_percent);
      weight(row, input) = static_cast<std::int8_t>(kept[at] ? dice.roll(-128, 127) : 0);
    }
  }
  return weight;
}

void expect_sums(const Int8Matrix& weight, const std::vector<std::int8_t>& x, int images) {
  const auto inputs = static_cast<int>(weight.cols());
  ImageBlock block;
  block.load(x.data(), images, inputs);
  const SparseRows rows(weight);
  std::vector<std::int32_t> sums(rows.rows() * ImageBlock::kImages);
  rows.sum(block, sums.data());
  for (int row = 0; row < weight.rows(); ++row) {
    for (int image = 0; image < images; ++image) {
      std::int64_t wanted = 0;
      for (int input = 0; input < inputs; ++input)
        wanted += weight(row, input) * x[static_cast<std::size_t>(image * inputs + input)];
      ASSERT_EQ(sums[static_cast<std::size_t>(row * ImageBlock::kImages + image)], wanted)
          << "row " << row << ", image " << image;
    }
  }
}

TEST(SparseRows, EqualPlainSumsForEverySizeAndDensity) {
  Dice dice(kSeed);
  for (const int rows : {1, 2, 3, 4, 7, 24}) {
    for (const int inputs : {1, 3, 4, 5, 131}) {
      for (const int kept : {0, 3, 10, 20, 50, 100}) {
        for (const int images : {1, 15, 64}) {
          SCOPED_TRACE(testing::Message() << rows << " x " << inputs << ", " << kept << " % kept, "
                                          << images << " images");
          ASSERT_NO_FATAL_FAILURE(expect_sums(random_weights(dice, rows, inputs, kept),
                                              random_bytes(dice, inputs * images), images));
        }
      }
    }
  }
}

TEST(SparseRows, ALargerBlockLeavesNothingBehindForASmallerOne) {
  Dice dice(kSeed + 1);
  ImageBlock block;
  block.load(random_bytes(dice, 64 * 40).data(), 64, 40);
  const auto x = random_bytes(dice, 5 * 9);
  block.load(x.data(), 5, 9);
  const Int8Matrix weight = random_weights(dice, 3, 9, 100);
  const SparseRows rows(weight);
  std::vector<std::int32_t> sums(rows.rows() * ImageBlock::kImages);
  rows.sum(block, sums.data());
  for (int image = 0; image < 5; ++image) {
    const Eigen::Map<const Eigen::Matrix<std::int8_t, Eigen::Dynamic, 1>> one(x.data() + image * 9,
                                                                              9);
    const Eigen::VectorXi wanted = weight.cast<int>() * one.cast<int>();
    for (int row = 0; row < 3; ++row)
      EXPECT_EQ(sums[static_cast<std::size_t>(row * ImageBlock::kImages + image)], wanted(row));
  }
}

TEST(SparseRows, TheLargestSumsOfTheWidestLayerFit) {
  for (const int weight : {-128, 127}) {
    for (const int x : {-128, 127}) {
      const std::vector<std::int8_t> all(kMaxFcSize, static_cast<std::int8_t>(x));
      const Int8Matrix rows = Int8Matrix::Constant(5, kMaxFcSize, static_cast<std::int8_t>(weight));
      ASSERT_NO_FATAL_FAILURE(expect_sums(rows, all, 1)) << weight << " x " << x;
    }
  }
}

TEST(SparseRows, RowsAreTakenTogetherWhereLittleIsLeftOut) {
  Dice dice(kSeed + 2);
  const auto block_rows = [&](int kept_percent, int same) {
    return SparseRows(random_weights(dice, 64, 400, kept_percent, same)).block_rows();
  };
  EXPECT_EQ(block_rows(100, 1), 4U);
  EXPECT_EQ(block_rows(50, 1), 4U);
  EXPECT_EQ(block_rows(15, 1), 2U);
  EXPECT_EQ(block_rows(5, 1), 1U);
  EXPECT_EQ(block_rows(5, 2), 2U);
  EXPECT_EQ(block_rows(5, 4), 4U);
}

}  // namespace
}  // namespace lacuna::golden
