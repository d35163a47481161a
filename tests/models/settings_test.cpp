// SPDX-License-Identifier: Apache-2.0
#include "models/settings.h"

#include <gmock/gmock.h>

#include "golden/error.h"
#include "tests/golden/error_message.h"
#include "tests/golden/temporary_folder.h"

namespace lacuna::models {
namespace {

using golden::error_message;
using golden::says;

TEST(Settings, OverridesComeLastAndNeedNoQuotes) {
  const Settings settings =
      read_settings("ptb-char", {"units=17", "learning_rate=1", "data=some/file.txt",
                                 "threshold_rule=\"allowed_loss\"", "units=18"});
  EXPECT_EQ(settings.units, 18);
  EXPECT_EQ(settings.learning_rate, 1.0);
  EXPECT_EQ(settings.data, "some/file.txt");
  EXPECT_EQ(settings.threshold_rule, "allowed_loss");
}

TEST(Settings, ComeFromAFileToo) {
  const golden::TemporaryFolder folder;
  const auto file = folder.write("mine.toml", "units = 33\nkeep_best = true\n");
  const Settings settings = read_settings(file.string(), {"seed=5"});
  EXPECT_EQ(settings.units, 33);
  EXPECT_TRUE(settings.keep_best);
  EXPECT_EQ(settings.seed, 5);
}

TEST(Settings, AreShownInFull) {
  const nlohmann::json json = to_json(read_settings("demo", {"seed=9"}));
  EXPECT_EQ(json.at("seed"), 9);
  EXPECT_EQ(json.at("threshold_rule"), "target_sparsity");
}

TEST(Settings, MistakesAreNamed) {
  const auto message = [](const std::string& experiment, std::vector<std::string> overrides) {
    return error_message([&] { read_settings(experiment, overrides); });
  };
  EXPECT_THAT(message("mnist-fc", {}), says("no experiment of a recurrent network"));
  EXPECT_THAT(message("demo", {"unit=3"}), says("unknown key 'unit'"));
  EXPECT_THAT(message("demo", {"units=many"}), says("units: value of the wrong kind"));
  EXPECT_THAT(message("demo", {"units=2.5"}), says("wrong kind"));
  EXPECT_THAT(message("demo", {"units=0"}), says("units: outside 1..1000000"));
  EXPECT_THAT(message("demo", {"learning_rate=nan"}), says("learning_rate"));
  EXPECT_THAT(message("demo", {"optimizer=lion"}), says("'lion' is not one of: adam, sgd"));
  EXPECT_THAT(message("demo", {"weight_format=int7"}), says("int7"));
  EXPECT_THAT(message("demo", {"weight_format=binary"}), says("binary weights need normalisation"));
  EXPECT_THAT(message("demo", {"normalisation=per_step"}), says("needs precision=float32"));
  EXPECT_THAT(message("demo", {"target_sparsity=1"}), says("target_sparsity: outside (0, 1)"));
  EXPECT_THAT(message("demo", {"ramp_begin=0.6", "ramp_end=0.5"}), says("need 0 <= ramp_begin"));
}

}  // namespace
}  // namespace lacuna::models
