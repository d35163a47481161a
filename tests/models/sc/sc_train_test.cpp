// SPDX-License-Identifier: Apache-2.0
#include "models/sc/sc_train.h"

#include <ATen/Parallel.h>
#include <gmock/gmock.h>

#include "golden/bundle.h"
#include "tests/golden/temporary_folder.h"
#include "tests/models/fc/toy_images.h"
#include "tests/models/sc/toy_sc.h"

namespace lacuna::models {
namespace {

TEST(TrainSc, StreamsAnswerAsTheNoisyMeansDo) {
  at::set_num_threads(1);
  const ImageData data = toy_data();
  for (const std::vector<std::string>& setting :
       {std::vector<std::string>{"integral=4", "length=256"}, {"integral=1", "length=1024"}}) {
    const golden::TemporaryFolder folder;
    const nlohmann::json report = train_sc("toy", toy_sc_settings(setting), data, folder / "");
    for (const char* part : {"valid", "test"}) {
      const nlohmann::json& integers = report.at("integers").at(part);
      EXPECT_EQ(integers.at("predictions"), 200);
      EXPECT_NEAR(integers.at("score").get<double>(),
                  report.at("training").at("figures").at(part).at("score").get<double>(), 3.0)
          << setting[0] << ' ' << part;
      double sum = 0;
      for (const auto& error : integers.at("by_register_seed")) sum += error.get<double>();
      EXPECT_DOUBLE_EQ(integers.at("score").get<double>(), sum / 3);
    }
  }
}

TEST(TrainSc, TheBundleSaysWhereItComesFromAndTheReportHowItsCountersWereChosen) {
  at::set_num_threads(1);
  const golden::TemporaryFolder folder;
  const nlohmann::json report =
      train_sc("toy", toy_sc_settings({"epochs=1"}), toy_data(), folder / "");
  const golden::Bundle bundle = golden::read_bundle(folder / "bundle.safetensors");
  ASSERT_EQ(bundle.layers.size(), 3U);
  EXPECT_EQ(bundle.facts.at("training"), report.at("training"));
  EXPECT_EQ(bundle.facts.at("counters"), report.at("counters"));
  EXPECT_EQ(bundle.facts.at("data").at("name"), "mnist");
  EXPECT_EQ(bundle.facts.at("seed"), 1);
  ASSERT_EQ(report.at("counters").size(), 2U);
  for (std::size_t at = 0; at < 2; ++at) {
    const nlohmann::json& counter = report.at("counters")[at];
    const double wanted =
        counter.at("gain").get<double>() * 4 * counter.at("variance").get<double>();
    EXPECT_EQ(counter.at("states"), 2 * std::lround(wanted));
    EXPECT_EQ(counter.at("states"), std::get<golden::ScLayer>(bundle.layers[at]).states);
  }
}

TEST(TrainSc, PooledImagesMakeASmallerNetworkThatSaysSo) {
  at::set_num_threads(1);
  const golden::TemporaryFolder folder;
  train_sc("toy", toy_sc_settings({"epochs=1", "pool=2"}), toy_data(), folder / "");
  const golden::Bundle bundle = golden::read_bundle(folder / "bundle.safetensors");
  EXPECT_EQ(std::get<golden::ScLayer>(bundle.layers[0]).inputs, kToySide * kToySide / 4);
  EXPECT_EQ(bundle.facts.at("pool"), 2);
}

TEST(TrainSc, TheDelayOfTheEngineChangesItsFiguresNotItsTraining) {
  at::set_num_threads(1);
  const auto report = [](const char* delay) {
    const golden::TemporaryFolder folder;
    return train_sc("toy", toy_sc_settings({"epochs=1", delay}), toy_data(), folder / "");
  };
  const auto parallel = report("layer_delay=3"), folded = report("layer_delay=0");
  EXPECT_EQ(parallel.at("training").at("figures"), folded.at("training").at("figures"));
  EXPECT_NE(parallel.at("integers"), folded.at("integers"));
}

}  // namespace
}  // namespace lacuna::models
