// SPDX-License-Identifier: Apache-2.0
#include "golden/weight_packing.h"

#include <gmock/gmock.h>

#include "error_message.h"
#include "golden/error.h"
#include "random_layer.h"

namespace lacuna::golden {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

WeightMatrix row(std::initializer_list<int> weights) {
  WeightMatrix matrix(1, static_cast<Eigen::Index>(weights.size()));
  Eigen::Index at = 0;
  for (const int weight : weights) matrix(0, at++) = static_cast<std::int16_t>(weight);
  return matrix;
}

TEST(WeightFormat, EachHoldsTheWeightsOfThoseAfterIt) {
  for (const WeightFormat wide : weight_formats()) {
    for (const WeightFormat narrow : weight_formats()) {
      bool all = true;
      for (int weight = -2048; weight < 2048; ++weight) {
        all = all && (!holds(narrow, weight) || holds(wide, weight));
      }
      EXPECT_EQ(holds(wide, narrow), all) << name_of(wide) << ", " << name_of(narrow);
    }
    EXPECT_EQ(weight_format_of(name_of(wide), "test"), wide);
    EXPECT_EQ(weight_format_of_bits(weight_bits(wide)), wide);
  }
  EXPECT_FALSE(holds(WeightFormat::kBinary, 0));
  EXPECT_THAT(error_message([] { weight_format_of("int4", "file x"); }),
              HasSubstr("file x: has the unknown weight format \"int4\""));
  EXPECT_THROW(weight_format_of_bits(4), Error);
}

TEST(WeightPacking, BitsAreWhatTheDocumentSays) {
  EXPECT_THAT(pack_weights(row({1, -1, 1, 1, 1, 1, 1, 1, -1}), WeightFormat::kBinary),
              ElementsAre(0x02, 0x01));
  EXPECT_THAT(pack_weights(row({0, 1, -1, 0, -1}), WeightFormat::kTernary),
              ElementsAre(0x34, 0x03));
  EXPECT_THAT(pack_weights(row({0x123, -1, 0x7ff}), WeightFormat::kInt12),
              ElementsAre(0x23, 0xf1, 0xff, 0xff, 0x07));
}

TEST(WeightPacking, UnpackingGivesTheWeightsBack) {
  Dice dice(7);
  for (const WeightFormat format : weight_formats()) {
    for (const int columns : {1, 3, 8, 17}) {
      const WeightMatrix weights = random_layer(dice, columns, 5, format).weight_x;
      const auto bytes = pack_weights(weights, format);
      EXPECT_EQ(static_cast<std::int64_t>(bytes.size()), 20 * packed_row_bytes(format, columns));
      EXPECT_EQ(unpack_weights(bytes, format, 20, columns, "test"), weights) << name_of(format);
    }
  }
}

TEST(WeightPacking, CodesThatAreNoWeightAreRefused) {
  EXPECT_THAT(error_message([] { unpack_weights({0x08}, WeightFormat::kTernary, 1, 2, "x"); }),
              HasSubstr("row 0, column 1 is no ternary weight"));
  EXPECT_THAT(error_message([] {
                unpack_weights({0x00, 0x08}, WeightFormat::kInt12, 1, 1, "x");
              }),
              HasSubstr("row 0, column 0 is no int12 weight"));
  EXPECT_THAT(error_message([] { unpack_weights({0x04}, WeightFormat::kBinary, 1, 2, "x"); }),
              HasSubstr("row 0 does not end with zeros"));
}

}  // namespace
}  // namespace lacuna::golden
