// SPDX-License-Identifier: Apache-2.0
#include "models/sc/sc_settings.h"

#include <gmock/gmock.h>

#include "tests/golden/error_message.h"

namespace lacuna::models {
namespace {

using golden::error_message;
using golden::says;
using testing::ElementsAre;

ScSettings read(const std::vector<std::string>& overrides) {
  return read_sc_settings(Experiment("mnist-sc", overrides));
}

TEST(ScSettings, ComeFromExperimentAndOverrides) {
  const ScSettings settings = read({"hidden=[30,20,10]", "gains=[1, 0.5, 2]", "integral=2"});
  EXPECT_THAT(settings.hidden, ElementsAre(30, 20, 10));
  EXPECT_THAT(settings.gains, ElementsAre(1, 0.5, 2));
  EXPECT_EQ(settings.integral, 2);
  EXPECT_FALSE(settings.bipolar);
  EXPECT_TRUE(read({"bipolar=true"}).bipolar);
  EXPECT_EQ(settings.length, 256) << "P6's for four streams";
  EXPECT_THAT(read({"gains=[1, 2]"}).gains, ElementsAre(1, 2)) << "integers are numbers too";
}

TEST(ScSettings, TheSmallNetworkTakesPooledImagesOnTheFoldedEngine) {
  const ScSettings settings = read_sc_settings(Experiment("mnist-sc-small", {}));
  EXPECT_EQ(settings.pool, 2);
  EXPECT_EQ(settings.layer_delay, golden::kScFoldedLayerDelay);
  EXPECT_EQ(read({}).layer_delay, golden::kScLayerDelay);
}

TEST(ScSettings, AreShownInFull) {
  const nlohmann::json json = to_json(read({"seed=9"}));
  EXPECT_EQ(json.at("seed"), 9);
  EXPECT_EQ(json.at("hidden"), (std::vector{100, 200}));
  EXPECT_EQ(json.at("gains").size(), 2u);
}

TEST(ScSettings, MistakesAreNamed) {
  const auto message = [](std::vector<std::string> overrides) {
    return error_message([&] { read(overrides); });
  };
  EXPECT_THAT(message({"sparsity=0.5"}),
              says("unknown key 'sparsity'; keys: network data pool hidden"));
  EXPECT_THAT(message({"hidden=[100, 200.5]"}), says("hidden: value of the wrong kind"));
  EXPECT_THAT(message({"hidden=[100, 2048]"}), says("hidden: 2048 is outside 1..2047"));
  EXPECT_THAT(message({"bipolar=1"}), says("bipolar: value of the wrong kind"));
  EXPECT_THAT(message({"integral=5"}), says("integral: 5 is outside 1..4"));
  EXPECT_THAT(message({"length=4097"}), says("length: 4097 is outside 1..4096"));
  EXPECT_THAT(message({"pool=17"}), says("pool: 17 is outside 1..16"));
  EXPECT_THAT(message({"layer_delay=-1"}), says("layer_delay: outside 0..2047"));
  EXPECT_THAT(message({"gains=0.3"}), says("gains: value of the wrong kind"));
  EXPECT_THAT(message({"gains=[0.3, \"x\"]"}), says("gains: value of the wrong kind"));
  EXPECT_THAT(message({"gains=[0.3]"}), says("gains: 1 for 2 hidden layers"));
  EXPECT_THAT(message({"gains=[0.3, 0]"}), says("gains: outside 0..1000"));
  EXPECT_THAT(message({"gains=[0.3, nan]"}), says("gains: outside 0..1000"));
  EXPECT_THAT(message({"epochs=0"}), says("epochs: outside 1..1000000"));
  EXPECT_THAT(message({"learning_rate=nan"}), says("learning_rate"));
  EXPECT_THAT(message({"data=ptb"}), says("data: 'ptb' is not one of: mnist"));
  EXPECT_THAT(error_message([] { read_sc_settings(Experiment("mnist-fc", {})); }),
              says("network: this is no experiment of a stochastic network"));
}

}  // namespace
}  // namespace lacuna::models
