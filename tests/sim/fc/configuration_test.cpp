// SPDX-License-Identifier: Apache-2.0
#include "sim/fc/configuration.h"

#include <gmock/gmock.h>

#include "golden/error.h"
#include "tests/sim/fc/case.h"

namespace lacuna::sim {
namespace {

using testing::HasSubstr;

golden::FcLayer layer_of(const char* configuration, int inputs, int outputs) {
  auto layer = draw_layer(make_fc_case(configuration, 1, inputs, outputs));
  layer.name = "fc";
  return layer;
}

TEST(FcConfiguration, SaysWhyALayerDoesNotFit) {
  const golden::FcEngine engine = fc_configuration("small_int8").engine;
  auto layer = layer_of("small_int8", 20, 8);
  EXPECT_EQ(misfit(layer, engine), "");

  auto other = layer;
  other.weight_format = golden::WeightFormat::kInt12;
  EXPECT_THAT(misfit(other, engine), HasSubstr("weights are int12, the engine's int8"));
  EXPECT_THAT(misfit(layer_of("small_skip", 33, 4), engine), HasSubstr("33 inputs"));
  EXPECT_THAT(misfit(layer_of("small_skip", 9, 9), engine), HasSubstr("9 outputs"));
  other = layer;
  other.mask = golden::ConnectionMask{golden::LfsrKind::kPlain, 6, 9, 8};
  EXPECT_THAT(misfit(other, engine), HasSubstr("a mask of 6 bits"));
  other.mask = golden::ConnectionMask{golden::LfsrKind::kAllStates, 5, 9, 8};
  EXPECT_THAT(misfit(other, engine), HasSubstr("a mask of 5 bits, all"));
}

TEST(FcConfiguration, MaskGroupsMustBeTheEnginesWhereOutputsShareThem) {
  const golden::FcEngine engine = fc_configuration("small_skip").engine;  // 4 groups
  auto layer = layer_of("small_skip", 20, 9);
  ASSERT_TRUE(layer.mask);
  layer.mask->groups = 3;
  EXPECT_THAT(misfit(layer, engine), HasSubstr("3 mask groups, the engine has 4"));
  layer.mask->groups = 2;
  EXPECT_EQ(misfit(layer, engine), "") << "an engine's group holds outputs of one mask";
}

TEST(FcConfiguration, BinaryWeightsNeedNoMaskOrAMaskedEngine) {
  golden::FcEngine engine = fc_configuration("small_binary").engine;
  auto layer = layer_of("small_binary", 20, 3);
  layer.mask = golden::ConnectionMask{golden::LfsrKind::kAllStates, 6, 32, 3};
  engine.masked = false;
  EXPECT_THAT(misfit(layer, engine), HasSubstr("binary weights have no 0"));
}

TEST(FcConfiguration, AParallelEngineHasAMultiplierForEachConnection) {
  const golden::FcEngine engine = fc_configuration("small_radix").engine;  // 44 inputs
  EXPECT_EQ(misfit(layer_of("small_radix", 20, 3), engine), "");
  EXPECT_THAT(misfit(layer_of("small_radix", 45, 3), engine), HasSubstr("45 weights a neuron"));
  EXPECT_TRUE(fits(layer_of("small_radix", 20, 3), FcKind::kParallel));
}

TEST(FcConfiguration, TheSmallestThatFitsIsTaken) {
  auto layer = layer_of("small_int8", 20, 8);
  EXPECT_TRUE(fits(layer, FcKind::kMasked));
  EXPECT_EQ(fc_configuration_for(layer, FcKind::kMasked).name, "small_int8");
  EXPECT_TRUE(fits(layer, FcKind::kDense)) << "int8 stores a missing connection as 0";
  EXPECT_FALSE(fits(layer, FcKind::kSkip)) << "no engine that skips has a plain register of 5 bits";
}

TEST(FcConfiguration, UnknownNamesAndLayersAreRefused) {
  EXPECT_THROW(fc_configuration("none"), Error);
  auto layer = layer_of("small_skip", 20, 9);
  layer.outputs = 60000;
  EXPECT_THROW(fc_configuration_for(layer, FcKind::kMasked), Error);
}

}  // namespace
}  // namespace lacuna::sim
