// SPDX-License-Identifier: Apache-2.0
// Fully-connected layers in bundles: they come back as they were written, and damage is named.
#include <gmock/gmock.h>

#include "tests/golden/damaged_bundle.h"
#include "tests/golden/fc/random_fc.h"

namespace lacuna::golden {
namespace {

using nlohmann::json;

/// 20 -> 12 with relu, 12 -> 5 without; masks of 5 and 4 bits.
Bundle fc_bundle(WeightFormat format) {
  Dice dice(3);
  Bundle bundle;
  bundle.facts = {{"task", "generic"}};
  FcLayer first = random_fc(dice, 20, 12, format, ConnectionMask{LfsrKind::kAllStates, 5, 16, 4});
  first.name = "fc0";
  FcLayer second = random_fc(dice, 12, 5, format, ConnectionMask{LfsrKind::kPlain, 4, 3, 5});
  second.name = "fc1";
  second.input_frac = first.output_frac;
  second.output_frac = 12;
  second.relu = false;
  bundle.layers = {first, second};
  return bundle;
}

class FcBundle : public testing::TestWithParam<WeightFormat> {};

TEST_P(FcBundle, ComesBackAsItWasWritten) {
  const TemporaryFolder folder;
  Bundle bundle = fc_bundle(GetParam());
  std::get<FcLayer>(bundle.layers[1]).mask.reset();
  auto& dense = std::get<FcLayer>(bundle.layers[1]).weights;
  dense.assign(12 * 5, 1);
  write_bundle(bundle, folder / "a");
  const Bundle read = read_bundle(folder / "a");
  ASSERT_EQ(read.layers.size(), 2u);
  for (std::size_t at = 0; at < 2; ++at) {
    const auto &wanted = std::get<FcLayer>(bundle.layers[at]),
               &got = std::get<FcLayer>(read.layers[at]);
    EXPECT_EQ(got.name, wanted.name);
    EXPECT_EQ(got.weight_format, wanted.weight_format);
    EXPECT_EQ(got.inputs, wanted.inputs);
    EXPECT_EQ(got.outputs, wanted.outputs);
    EXPECT_EQ(got.input_frac, wanted.input_frac);
    EXPECT_EQ(got.shift, wanted.shift);
    EXPECT_EQ(got.output_frac, wanted.output_frac);
    EXPECT_EQ(got.relu, wanted.relu);
    EXPECT_EQ(got.weights, wanted.weights);
    EXPECT_EQ(got.scale, wanted.scale);
    EXPECT_EQ(got.bias, wanted.bias);
    ASSERT_EQ(got.mask.has_value(), wanted.mask.has_value());
    if (!got.mask) continue;
    EXPECT_EQ(got.mask->kind, wanted.mask->kind);
    EXPECT_EQ(got.mask->bits, wanted.mask->bits);
    EXPECT_EQ(got.mask->threshold, wanted.mask->threshold);
    EXPECT_EQ(got.mask->groups, wanted.mask->groups);
  }
}

INSTANTIATE_TEST_SUITE_P(Formats, FcBundle, testing::ValuesIn(weight_formats()),
                         [](const auto& name) { return std::string(name_of(name.param)); });

class HostileFcBundle : public testing::TestWithParam<DamagedBundle> {};

TEST_P(HostileFcBundle, IsRefusedInOneLine) {
  EXPECT_THAT(message_of(fc_bundle(WeightFormat::kTernary), GetParam()), says(GetParam().words));
}

INSTANTIATE_TEST_SUITE_P(
    Fc, HostileFcBundle,
    testing::Values(
        DamagedBundle{"UnknownStates", set(0, "mask_states", "some"),
                      "unknown mask_states \"some\""},
        DamagedBundle{"WideRegister", set(0, "mask_bits", 21), "'mask_bits' must be"},
        DamagedBundle{"NarrowRegister", set(0, "mask_bits", 1), "'mask_bits' must be"},
        DamagedBundle{"LargeMaskThreshold", set(0, "mask_threshold", 32),
                      "'mask_threshold' must be"},
        DamagedBundle{"OtherMaskThreshold", set(0, "mask_threshold", 15), "connections"},
        DamagedBundle{"NoGroups", set(0, "mask_groups", 0), "'mask_groups' must be"},
        DamagedBundle{"MoreGroupsThanOutputs", set(1, "mask_groups", 6),
                      "'mask_groups' must be an integer from 1 to 5"},
        DamagedBundle{
            "NoMaskButItsBits",
            [](json& metadata, SafeTensors&) { metadata["layers"][0].erase("mask_threshold"); },
            "has no field 'mask_threshold'"},
        DamagedBundle{"ManyGroupsOfOneOutput",
                      [](json& metadata, SafeTensors&) {
                        auto& layer = metadata["layers"][0];
                        layer["inputs"] = 65535;
                        layer["outputs"] = 1;
                        layer["mask_groups"] = 65535;
                        layer["mask_threshold"] = 0;
                      },
                      "'mask_groups' must be an integer from 1 to 1"},
        DamagedBundle{
            "MaskFieldsWithoutItsBits",
            [](json& metadata, SafeTensors&) { metadata["layers"][0].erase("mask_bits"); },
            "unknown field"},
        DamagedBundle{"OtherConnections", set(0, "connections", 7), "the file is damaged"},
        DamagedBundle{"NegativeConnections", set(0, "connections", -1), "'connections' must be"},
        DamagedBundle{"HugeLayer",
                      [](json& metadata, SafeTensors&) {
                        metadata["layers"][0]["inputs"] = 65535;
                        metadata["layers"][0]["outputs"] = 65535;
                      },
                      "too many for golden"},
        DamagedBundle{
            "NoTernaryCode",
            [](json&, SafeTensors& content) { content.tensors.at("fc0.weight").bytes[0] = 0b10; },
            "is no ternary weight"},
        DamagedBundle{"CutOffWeights",
                      [](json&, SafeTensors& content) {
                        Tensor& tensor = content.tensors.at("fc0.weight");
                        tensor.bytes.pop_back();
                        --tensor.shape[0];
                      },
                      "is needed"},
        DamagedBundle{"UnknownField", set(0, "peepholes", true), "unknown field \"peepholes\""},
        DamagedBundle{"ReluThatIsANumber", set(0, "relu", 1), "'relu' must be"},
        DamagedBundle{"LargeShift", set(0, "shift", 32), "'shift' must be"},
        DamagedBundle{"InputFracOfTheNext", set(1, "input_frac", 3),
                      "fraction bits of the layer before"},
        DamagedBundle{"ReluMissingInside", set(0, "relu", false), "follow another with relu"},
        DamagedBundle{"AccumulatorBits", set(0, "accumulator_bits", 3),
                      "declares 3 accumulator bits"}),
    case_name);

}  // namespace
}  // namespace lacuna::golden
