// SPDX-License-Identifier: Apache-2.0
#include "golden/pool.h"

#include <gmock/gmock.h>

#include "tests/golden/error_message.h"

namespace lacuna::golden {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(Pool, TakesMeansOfSquaresRoundedDown) {
  const std::uint8_t image[] = {255, 255, 0, 1,  //
                                255, 255, 1, 1,  //
                                1,   2,   9, 0,  //
                                3,   5,   0, 0};
  EXPECT_THAT(pool(image, 4, 4, 2, "test"), ElementsAre(255, 0, 2, 2));
  EXPECT_THAT(pool(image, 2, 8, 2, "test"), ElementsAre(128, 2, 129, 0));
  EXPECT_THAT(pool(image, 1, 4, 1, "test"), ElementsAre(255, 255, 0, 1)) << "1 changes nothing";
}

TEST(Pool, RefusesSquaresThatDoNotTile) {
  const std::uint8_t image[6] = {};
  EXPECT_THAT(error_message([&] { pool(image, 2, 3, 2, "a file"); }), HasSubstr("a file"));
}

TEST(Pool, FactsAreHostile) {
  EXPECT_EQ(pool_of_facts({{"task", "generic"}}), 1);
  EXPECT_EQ(pool_of_facts({{"pool", 2}}), 2);
  for (const nlohmann::json& fact :
       {nlohmann::json(0), nlohmann::json(17), nlohmann::json(-2), nlohmann::json(2.0),
        nlohmann::json("2"), nlohmann::json(nullptr), nlohmann::json(18446744073709551615u)})
    EXPECT_THAT(error_message([&] {
                  pool_of_facts({{"pool", fact}});
                }),
                HasSubstr("1..16"))
        << fact;
}

}  // namespace
}  // namespace lacuna::golden
