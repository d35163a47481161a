// SPDX-License-Identifier: Apache-2.0
// Named configurations of the stochastic engine, and which networks they take.
#include "sim/sc/configuration.h"

#include <gmock/gmock.h>

#include "golden/error.h"
#include "tests/sim/sc/case.h"

namespace lacuna::sim {
namespace {

using testing::HasSubstr;

TEST(ScConfiguration, IsFoundByTheNetworksSizes) {
  for (const char* name :
       {"small_m1", "small_m2", "small_m3", "small_m4", "small_bipolar", "small_bipolar_m3",
        "small_folded_m1", "small_folded_m2", "small_folded_m3", "small_folded_m4"})
    EXPECT_EQ(sc_configuration_for(draw_network(make_sc_case(name, 1, 4, 6))).name, name);
}

TEST(ScConfiguration, SaysWhatDoesNotFit) {
  const auto& engine = sc_configuration("small_m2").engine;
  auto bundle = draw_network(make_sc_case("small_m2", 1, 4, 6));
  EXPECT_EQ(misfit(bundle, engine), "");
  auto other = bundle;
  std::get<golden::ScLayer>(other.layers[1]).outputs = 12;
  EXPECT_THAT(misfit(other, engine), HasSubstr("layer sc1 of 6 x 12, the engine's is 6 x 13"));
  other = bundle;
  std::get<golden::ScLayer>(other.layers[0]).integral = 4;
  EXPECT_THAT(misfit(other, engine), HasSubstr("weights of 4 streams, the engine's have 2"));
  other = bundle;
  std::get<golden::ScLayer>(other.layers[0]).bipolar = true;
  EXPECT_THAT(misfit(other, engine),
              HasSubstr("bits that stand for -1 and 1, the engine's stand for 0 and 1"));
  other = bundle;
  other.layers.pop_back();
  EXPECT_THAT(misfit(other, engine), HasSubstr("2 layers, the engine has 3"));
  other.layers.emplace_back(golden::FcLayer{});
  EXPECT_THAT(misfit(other, engine), HasSubstr("not stochastic"));
}

TEST(ScConfiguration, UnknownNamesAndSizesAreRefused) {
  EXPECT_THROW(sc_configuration("none"), Error);
  auto bundle = draw_network(make_sc_case("small_m2", 1, 4, 6));
  std::get<golden::ScLayer>(bundle.layers[0]).inputs = 30;
  EXPECT_THROW(sc_configuration_for(bundle), Error);
}

}  // namespace
}  // namespace lacuna::sim
