// SPDX-License-Identifier: Apache-2.0
#include "models/fc/fc_train.h"

#include <ATen/Parallel.h>
#include <gmock/gmock.h>

#include "golden/bundle.h"
#include "tests/golden/temporary_folder.h"
#include "tests/models/fc/toy_images.h"

namespace lacuna::models {
namespace {

FcSettings toy_settings(const std::string& format) {
  return read_fc_settings(
      Experiment("mnist-fc", {"hidden=[40, 30]", "batch=20", "epochs=3", "sparsity=0.75",
                              "groups=8", "weight_format=" + format}));
}

double score(const nlohmann::json& figures, const char* part) {
  return figures.at(part).at("score").get<double>();
}

TEST(TrainFc, BundleAndFloatNetworkAgreeInEveryFormat) {
  at::set_num_threads(1);
  const ImageData data = toy_data();
  for (const char* format : {"int12", "int8", "ternary", "binary"}) {
    const golden::TemporaryFolder folder;
    const nlohmann::json report = train_fc("toy", toy_settings(format), data, folder / "");
    const nlohmann::json& figures = report.at("training").at("figures");
    EXPECT_LT(score(figures, "test"), 15) << format;
    for (const char* part : {"valid", "test"})
      EXPECT_NEAR(score(report.at("integers"), part), score(figures, part), 1.0) << format;
  }
}

TEST(TrainFc, TheBundleTakesWhatConvolutionsGive) {
  at::set_num_threads(1);
  for (const char* format : {"int8", "binary"}) {
    const golden::TemporaryFolder folder;
    FcSettings settings = toy_settings(format);
    settings.convolutions = {6, 8};
    settings.epochs = 6;
    const nlohmann::json report = train_fc("toy", settings, toy_colours(), folder / "");
    const nlohmann::json& figures = report.at("training").at("figures");
    EXPECT_LT(score(figures, "test"), 15) << format;
    for (const char* part : {"valid", "test"})
      EXPECT_NEAR(score(report.at("integers"), part), score(figures, part), 2.0) << format;
    EXPECT_EQ(report.at("convolutions").at("parameters"), (27 + 1) * 6 + (54 + 1) * 8);
    EXPECT_EQ(report.at("convolutions").at("arithmetic"), "float");
    const golden::Bundle bundle = golden::read_bundle(folder / "bundle.safetensors");
    EXPECT_EQ(std::get<golden::FcLayer>(bundle.layers.front()).inputs, 8 * 4 * 4);
    EXPECT_EQ(bundle.layers.size(), 3U);
  }
}

TEST(TrainFc, TheBundleSaysWhereItComesFromAndTheReportWhatTheMasksLeave) {
  at::set_num_threads(1);
  const golden::TemporaryFolder folder;
  const nlohmann::json report = train_fc("toy", toy_settings("binary"), toy_data(), folder / "");
  const golden::Bundle bundle = golden::read_bundle(folder / "bundle.safetensors");
  ASSERT_EQ(bundle.layers.size(), 3U);
  EXPECT_EQ(bundle.facts.at("training"), report.at("training"));
  EXPECT_EQ(bundle.facts.at("data").at("name"), "mnist");
  EXPECT_EQ(bundle.facts.at("seed"), 1);
  EXPECT_FALSE(report.contains("convolutions"));

  const nlohmann::json& connections = report.at("connections");
  const int weights = 64 * 40 + 40 * 30 + 30 * 10, biases = 40 + 30 + 10;
  EXPECT_EQ(connections.at("parameters_nominal"), weights / 4 + biases);
  std::size_t existing = 0, depth = 0;
  for (const auto& any : bundle.layers) {
    const auto& layer = std::get<golden::FcLayer>(any);
    existing += layer.weights.size();
    for (const auto& inputs : layer.connections()) depth = std::max(depth, inputs.size());
  }
  EXPECT_EQ(connections.at("parameters"), existing + biases);
  EXPECT_EQ(connections.at("weight_bits"), existing);
  EXPECT_EQ(connections.at("memory_depth"), depth);
  EXPECT_EQ(connections.at("layers").at(0).at("weights"), 40 * 16)
      << "64 inputs are a whole period: exact";
}

}  // namespace
}  // namespace lacuna::models
