// SPDX-License-Identifier: Apache-2.0
#include "models/fc/fc_settings.h"

#include <gmock/gmock.h>

#include "tests/golden/error_message.h"

namespace lacuna::models {
namespace {

using golden::error_message;
using golden::says;
using testing::ElementsAre;

FcSettings read(const std::vector<std::string>& overrides) {
  return read_fc_settings(Experiment("mnist-fc", overrides));
}

TEST(FcSettings, ComeFromExperimentAndOverrides) {
  const FcSettings settings = read({"hidden=[30,20]", "sparsity=0.9", "groups=16", "mask=plain"});
  EXPECT_THAT(settings.hidden, ElementsAre(30, 20));
  EXPECT_EQ(settings.sparsity, 0.9);
  EXPECT_EQ(settings.groups, 16);
  EXPECT_EQ(settings.mask, "plain");
  EXPECT_EQ(settings.batch, 100) << "P5's";
}

TEST(FcSettings, AreShownInFull) {
  const nlohmann::json json = to_json(read({"seed=9"}));
  EXPECT_EQ(json.at("seed"), 9);
  EXPECT_EQ(json.at("hidden"), (std::vector{512, 512}));
  EXPECT_EQ(json.at("mask"), "all_states");
}

TEST(FcSettings, MistakesAreNamed) {
  const auto message = [](std::vector<std::string> overrides) {
    return error_message([&] { read(overrides); });
  };
  EXPECT_THAT(message({"units=3"}),
              says("unknown key 'units'; keys: network data pool convolutions"));
  EXPECT_THAT(message({"hidden=512"}), says("hidden: value of the wrong kind"));
  EXPECT_THAT(message({"hidden=[512, 0.5]"}), says("hidden: value of the wrong kind"));
  EXPECT_THAT(message({"hidden=[512, 0]"}), says("hidden: 0 is outside 1..65535"));
  EXPECT_THAT(message({"convolutions=[8, -1]"}), says("convolutions: -1 is outside 1..65535"));
  EXPECT_THAT(message({"pool=17"}), says("pool: 17 is outside 1..16"));
  EXPECT_THAT(message({"pool=2", "data=cifar10"}), says("pool: is of images of one channel"));
  EXPECT_THAT(message({"sparsity=1"}), says("sparsity: outside [0, 1)"));
  EXPECT_THAT(message({"mask=odd"}), says("'odd' is not one of: all_states, plain"));
  EXPECT_THAT(message({"groups=-1"}), says("groups: outside 0..65535"));
  EXPECT_THAT(message({"weight_format=int7"}), says("int7"));
  EXPECT_THAT(message({"batch=1"}), says("normalisation needs at least 2"));
  EXPECT_THAT(message({"epochs=0"}), says("epochs: outside 1..1000000"));
  EXPECT_THAT(message({"learning_rate=nan"}), says("learning_rate"));
  EXPECT_THAT(message({"data=ptb"}), says("data: 'ptb' is not one of: mnist, cifar10"));
}

}  // namespace
}  // namespace lacuna::models
