// SPDX-License-Identifier: Apache-2.0
// Stochastic layers in bundles: they come back as they were written, and damage is named.
#include <gmock/gmock.h>

#include "tests/golden/damaged_bundle.h"
#include "tests/golden/sc/random_sc.h"

namespace lacuna::golden {
namespace {

using nlohmann::json;

/// 20 -> 12 -> 5.
Bundle sc_bundle() {
  Dice dice(3);
  return random_sc(dice, {20, 12, 5}, 2, 64, 10, /*bipolar=*/true);
}

TEST(ScBundle, ComesBackAsItWasWritten) {
  const TemporaryFolder folder;
  const Bundle bundle = sc_bundle();
  write_bundle(bundle, folder / "a");
  const Bundle read = read_bundle(folder / "a");
  ASSERT_EQ(read.layers.size(), 2u);
  for (std::size_t at = 0; at < 2; ++at) {
    const auto &wanted = std::get<ScLayer>(bundle.layers[at]),
               &got = std::get<ScLayer>(read.layers[at]);
    EXPECT_EQ(got.name, wanted.name);
    EXPECT_EQ(got.inputs, wanted.inputs);
    EXPECT_EQ(got.outputs, wanted.outputs);
    EXPECT_EQ(got.bipolar, wanted.bipolar);
    EXPECT_EQ(got.integral, wanted.integral);
    EXPECT_EQ(got.length, wanted.length);
    EXPECT_EQ(got.states, wanted.states);
    EXPECT_EQ(got.codes, wanted.codes);
  }
}

/// Files of before the conventional network.
TEST(ScBundle, BitsAreUnipolarWhereTheFileDoesNotSay) {
  const TemporaryFolder folder;
  write_bundle(sc_bundle(), folder / "a");
  SafeTensors content = read_safetensors(folder / "a");
  json metadata = json::parse(content.metadata.at("lacuna.bundle"));
  for (json& layer : metadata["layers"]) layer.erase("bipolar");
  content.metadata["lacuna.bundle"] = metadata.dump();
  write_safetensors(content, folder / "a");
  EXPECT_FALSE(std::get<ScLayer>(read_bundle(folder / "a").layers[0]).bipolar);
}

class HostileScBundle : public testing::TestWithParam<DamagedBundle> {};

TEST_P(HostileScBundle, IsRefusedInOneLine) {
  EXPECT_THAT(message_of(sc_bundle(), GetParam()), says(GetParam().words));
}

/// Another first code.
auto code(std::int16_t value) {
  return [value](json&, SafeTensors& content) {
    auto codes = std::get<ScLayer>(sc_bundle().layers[0]).codes;
    codes[0] = value;
    content.tensors["sc0.codes"] = make_tensor({12, 21}, codes.data());
  };
}

INSTANTIATE_TEST_SUITE_P(
    Sc, HostileScBundle,
    testing::Values(
        DamagedBundle{"OtherEngine", set(0, "engine", "fc"), "unknown engine \"fc\""},
        DamagedBundle{"NoStreams", set(0, "integral", 0), "'integral' must be"},
        DamagedBundle{"ManyStreams", set(0, "integral", 5), "'integral' must be"},
        DamagedBundle{"NoLength", set(0, "length", 0), "'length' must be"},
        DamagedBundle{"GreatLength", set(0, "length", 4097), "'length' must be"},
        DamagedBundle{"OddStates", set(0, "states", 9), "states is 9, which is not even"},
        DamagedBundle{"ManyStates", set(0, "states", 4098), "'states' must be"},
        DamagedBundle{"NegativeCode", code(-1), "code is -1, outside 0..2047"},
        DamagedBundle{"LargeCode", code(2048), "code is 2048, outside 0..2047"},
        DamagedBundle{"OtherInputs", set(1, "inputs", 11), "sc1.codes"},
        DamagedBundle{"NoTruth", set(0, "bipolar", 1), "bipolar"},
        DamagedBundle{"OneUnipolar", set(1, "bipolar", false), "that of the layer before is true"},
        DamagedBundle{"AnotherIntegral", set(1, "integral", 1), "that of the layer before is 2"},
        DamagedBundle{"AnotherLength", set(1, "length", 65), "that of the layer before is 64"},
        DamagedBundle{"EndsWithACounter", set(1, "states", 8), "the last stochastic layer"},
        DamagedBundle{"GoesOnAfterSums", set(0, "states", 0), "follow another with counters"},
        DamagedBundle{"UnknownField", set(0, "gain", 2), "gain"}),
    [](const auto& name) { return name.param.name; });

}  // namespace
}  // namespace lacuna::golden
