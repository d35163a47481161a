// SPDX-License-Identifier: Apache-2.0
#include "models/experiment.h"

#include <gmock/gmock.h>

#include "models/fc/fc_settings.h"
#include "models/sc/sc_settings.h"
#include "models/settings.h"
#include "tests/golden/error_message.h"
#include "tests/golden/temporary_folder.h"

namespace lacuna::models {
namespace {

using golden::error_message;
using golden::says;

TEST(Experiment, EveryBuiltInOneIsValidForItsKindOfNetwork) {
  EXPECT_THAT(experiment_names(),
              testing::IsSupersetOf({"cifar-fc", "demo", "mnist-fc", "ptb-char", "text"}));
  for (const std::string& name : experiment_names()) {
    const Experiment experiment(name, {});
    if (experiment.network() == "fc") {
      EXPECT_NO_THROW(read_fc_settings(experiment)) << name;
    } else if (experiment.network() == "sc") {
      EXPECT_NO_THROW(read_sc_settings(experiment)) << name;
    } else {
      EXPECT_NO_THROW(read_settings(experiment)) << name;
    }
  }
}

TEST(Experiment, KnowsItsKindOfNetwork) {
  EXPECT_EQ(Experiment("demo", {}).network(), "lstm") << "where nothing is said";
  EXPECT_EQ(Experiment("mnist-fc", {}).network(), "fc");
  EXPECT_EQ(Experiment("mnist-sc", {}).network(), "sc");
  EXPECT_THAT(error_message([] { Experiment("demo", {"network=mlp"}).network(); }),
              says("network: 'mlp' is not one of: lstm, fc, sc"));
}

TEST(Experiment, SaysWhereAMistakeIs) {
  EXPECT_THAT(error_message([] { Experiment("ptb", {}); }),
              says("ptb: no such experiment; known: cifar-fc, demo"));
  EXPECT_THAT(error_message([] { Experiment("demo", {"units"}); }),
              says("--set units: not of the form key=value"));
  EXPECT_THAT(error_message([] { Experiment("no/such.toml", {}); }), says("no/such.toml"));
  const golden::TemporaryFolder folder;
  const std::string file = folder.write("mine.toml", "units = \n").string();
  EXPECT_THAT(error_message([&] { Experiment(file, {}); }), says("cannot read as TOML"));
}

TEST(Experiment, TheLastOverrideCounts) {
  Experiment experiment("demo", {"units=many", "units=7"});
  int units = 0;
  experiment.read("units", units);
  EXPECT_EQ(units, 7);
}

TEST(Experiment, TakesNoValueThatItWouldHaveToChange) {
  Experiment experiment("demo", {"a=2.5", "b=3", "c=99999999999", "d=[1, 2]", "e=1970-01-01"});
  const auto message = [&](const char* key, auto field) {
    return error_message([&] { experiment.read(key, field); });
  };
  EXPECT_THAT(message("a", 0), says("--set a=2.5: a: value of the wrong kind"));
  EXPECT_EQ(message("b", 0.0), "no error") << "a whole number is a real one";
  EXPECT_THAT(message("b", false), says("wrong kind"));
  EXPECT_THAT(message("c", 0), says("wrong kind"));
  EXPECT_EQ(message("d", std::vector<int>{}), "no error");
  EXPECT_THAT(message("e", std::string{}), says("wrong kind"));
}

}  // namespace
}  // namespace lacuna::models
