// SPDX-License-Identifier: Apache-2.0
#include "models/fc/fc_trainer.h"

#include <ATen/Parallel.h>
#include <gmock/gmock.h>

#include "tests/golden/error_message.h"
#include "tests/golden/temporary_folder.h"
#include "tests/models/fc/toy_images.h"

namespace lacuna::models {
namespace {

using golden::error_message;
using golden::says;
using torch::Tensor;

class FcTrainerTest : public testing::Test {
 protected:
  FcTrainerTest() { at::set_num_threads(1); }

  static FcSettings settings(const std::vector<std::string>& more = {}) {
    std::vector<std::string> overrides = {"hidden=[40]", "batch=20", "epochs=4", "sparsity=0.5"};
    overrides.insert(overrides.end(), more.begin(), more.end());
    return read_fc_settings(Experiment("mnist-fc", overrides));
  }

  /// Trains in pieces of `piece` epochs, each by a new trainer that goes on from the checkpoint.
  std::vector<Tensor> train_in_pieces(const FcSettings& settings, int piece,
                                      const std::string& name) const {
    for (;;) {
      FcTrainer trainer(settings, data_, folder_ / name);
      if (!trainer.train(piece)) continue;
      std::vector<Tensor> result;
      for (const auto& [parameter, tensor] : trainer.network().parameters())
        result.push_back(tensor.detach());
      const Tensor& pixels = data_.test.pixels;
      result.push_back(trainer.network().evaluate(
          settings.convolutions.empty() ? pixel_vectors(pixels) : contrast_normalised(pixels)));
      return result;
    }
  }

  ImageData data_ = toy_data();
  golden::TemporaryFolder folder_;
};

TEST(SquaredHinge, AsksForAMarginOfOneOnEitherSide) {
  const Tensor outputs = torch::tensor({{2.0F, -0.5F, -3.0F}, {0.5F, 0.0F, 1.0F}});
  const Tensor labels = torch::tensor({0, 2}, torch::kLong);
  // 0 + 0.5^2 + 0 and 1.5^2 + 1 + 0
  EXPECT_FLOAT_EQ(squared_hinge(outputs, labels).item<float>(), (0.25F + 3.25F) / 6);
}

TEST_F(FcTrainerTest, LearnsTheToyImagesInEveryFormat) {
  for (const char* format : {"int8", "ternary", "binary"}) {
    const FcSettings toy = settings({std::string("weight_format=") + format});
    FcTrainer trainer(toy, data_, folder_ / format);
    EXPECT_GT(trainer.error(data_.test), 50);
    ASSERT_TRUE(trainer.train());
    EXPECT_LT(trainer.error(data_.test), 5) << format;
    EXPECT_EQ(trainer.curve().size(), 4U);
  }
}

TEST_F(FcTrainerTest, ResumingGivesTheSameBitsAsNotStopping) {
  for (const char* format : {"int8", "binary"}) {
    const FcSettings toy = settings({std::string("weight_format=") + format});
    const auto whole = train_in_pieces(toy, 100, std::string("whole.") + format);
    const auto pieces = train_in_pieces(toy, 1, std::string("pieces.") + format);
    ASSERT_EQ(whole.size(), pieces.size());
    for (std::size_t n = 0; n < whole.size(); ++n)
      EXPECT_TRUE(torch::equal(whole[n], pieces[n])) << format << ", tensor " << n;
  }
}

TEST_F(FcTrainerTest, ConvolutionsLearnResumeAndRepeatToo) {
  data_ = toy_colours();
  const FcSettings toy = settings({"convolutions=[6, 8]", "weight_format=binary"});
  const auto whole = train_in_pieces(toy, 100, "whole");
  const auto pieces = train_in_pieces(toy, 1, "pieces");
  ASSERT_EQ(whole.size(), pieces.size());
  for (std::size_t n = 0; n < whole.size(); ++n)
    EXPECT_TRUE(torch::equal(whole[n], pieces[n])) << "tensor " << n;
  FcTrainer trainer(toy, data_, folder_ / "whole");
  EXPECT_TRUE(trainer.train()) << "nothing is left to do";
  EXPECT_LT(trainer.error(data_.test), 15);
  EXPECT_EQ(trainer.features(data_.test.pixels).sizes(),
            (std::vector<std::int64_t>{200, 8 * 4 * 4}));
}

TEST_F(FcTrainerTest, AnotherSeedGivesAnotherNetwork) {
  const auto one = train_in_pieces(settings({"epochs=1"}), 100, "one");
  const auto other = train_in_pieces(settings({"epochs=1", "seed=2"}), 100, "other");
  EXPECT_FALSE(torch::equal(one[0], other[0]));
}

TEST_F(FcTrainerTest, EndsWithTheBestOfItsValidations) {
  FcTrainer trainer(settings({"learning_rate=0.3", "epochs=6"}), data_, folder_ / "checkpoint.pt");
  trainer.train();
  double best = 100;
  for (const auto& point : trainer.curve()) best = std::min(best, point.at("valid").get<double>());
  EXPECT_EQ(trainer.error(data_.valid), best);
}

TEST_F(FcTrainerTest, WhatDoesNotFitIsRefused) {
  train_in_pieces(settings({"epochs=1"}), 100, "checkpoint.pt");
  EXPECT_THAT(error_message([&] {
                train_in_pieces(settings({"epochs=1", "groups=4"}), 100, "checkpoint.pt");
              }),
              says("a run with other settings was begun here"));
  EXPECT_THAT(error_message([&] { train_in_pieces(settings({"batch=601"}), 100, "other"); }),
              says("batch: larger than the training set"));
  EXPECT_THAT(error_message([&] {
                train_in_pieces(settings({"convolutions=[2,2,2,2,2,2,2,2]"}), 100, "other");
              }),
              says("convolutions: they give 0 features, outside 1..65535"));
}

}  // namespace
}  // namespace lacuna::models
