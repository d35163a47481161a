// SPDX-License-Identifier: Apache-2.0
#include "models/train.h"

#include <gmock/gmock.h>

#include "golden/bundle.h"
#include "golden/error.h"
#include "golden/float_network.h"
#include "tests/golden/error_message.h"
#include "tests/golden/temporary_folder.h"

namespace lacuna::models {
namespace {

using golden::TemporaryFolder;

TrainOptions tiny_demo(const TemporaryFolder& folder) {
  return {
      "demo", {"units=12", "sequence=20", "batch=64", "epochs=1", "threads=1"}, folder / "out", ""};
}

TEST(RunTraining, WritesWeightsBundleAndReportThatAgree) {
  const TemporaryFolder folder;
  const nlohmann::json report = run_training(tiny_demo(folder));
  const golden::FloatNetwork network =
      golden::read_float_network(folder / "out/weights.safetensors");
  const golden::Bundle bundle = golden::read_bundle(folder / "out/bundle.safetensors");

  EXPECT_EQ(network.lstm.at(0).units(), 12);
  const auto& layer = std::get<golden::LstmLayer>(bundle.layers.at(0));
  EXPECT_EQ(layer.units, 12);
  EXPECT_FLOAT_EQ(network.lstm.at(0).threshold, (static_cast<float>(layer.threshold) - 0.5F) / 128);
  EXPECT_EQ(bundle.facts.at("task"), "characters");
  EXPECT_EQ(bundle.facts.at("vocabulary").size(), static_cast<std::size_t>(layer.inputs));
  EXPECT_EQ(bundle.facts.at("data").at("name"), "licences");
  EXPECT_EQ(bundle.facts.at("seed"), 1);
  EXPECT_EQ(report.at("schema"), "lacuna.training/1");
  EXPECT_EQ(report.at("training"), bundle.facts.at("training"));
  EXPECT_GT(report.at("training").at("figures").at("test").at("sparsity").get<double>(), 0.1);
  EXPECT_EQ(golden::read_bytes(folder / "out/training.json"), report.dump(2) + "\n");
}

TEST(RunTraining, PerStepStatisticsGiveFiguresButNoBundle) {
  const TemporaryFolder folder;
  TrainOptions options = tiny_demo(folder);
  options.set.insert(options.set.end(), {"normalisation=per_step", "weight_format=ternary",
                                         "precision=float32", "straight_through=plain"});
  const nlohmann::json report = run_training(options);
  EXPECT_LT(report.at("training").at("figures").at("test").at("score").get<double>(), 6.0);
  EXPECT_FALSE(report.contains("integers"));
  EXPECT_FALSE(std::filesystem::exists(folder / "out/bundle.safetensors"));
}

TEST(RunTraining, AFinishedRunIsNotTrainedAgain) {
  const TemporaryFolder folder;
  const nlohmann::json first = run_training(tiny_demo(folder));
  const nlohmann::json second = run_training(tiny_demo(folder));
  EXPECT_EQ(first, second);
}

TEST(RunTraining, RefusesAFolderThatCannotBe) {
  const TemporaryFolder folder;
  TrainOptions options = tiny_demo(folder);
  options.out = folder.write("file", "x") / "out";
  EXPECT_THAT(golden::error_message([&] { run_training(options); }),
              testing::HasSubstr("choose another --out"));
}

}  // namespace
}  // namespace lacuna::models
