// SPDX-License-Identifier: Apache-2.0
#include "models/sc/sc_trainer.h"

#include <ATen/Parallel.h>
#include <gmock/gmock.h>

#include "tests/golden/error_message.h"
#include "tests/golden/temporary_folder.h"
#include "tests/models/fc/toy_images.h"
#include "tests/models/sc/toy_sc.h"

namespace lacuna::models {
namespace {

using golden::error_message;
using golden::says;
using torch::Tensor;

class ScTrainerTest : public testing::Test {
 protected:
  ScTrainerTest() { at::set_num_threads(1); }

  /// Trains in pieces of `piece` epochs, each by a new trainer that goes on from the checkpoint.
  std::vector<Tensor> train_in_pieces(const ScSettings& settings, int piece,
                                      const std::string& name) const {
    for (;;) {
      ScTrainer trainer(settings, data_, folder_ / name);
      if (!trainer.train(piece)) continue;
      std::vector<Tensor> result;
      for (const auto& [parameter, tensor] : trainer.network().parameters())
        result.push_back(tensor.detach());
      return result;
    }
  }

  ImageData data_ = toy_data();
  golden::TemporaryFolder folder_;
};

TEST_F(ScTrainerTest, LearnsTheToyImagesWithinWhatStreamsHold) {
  ScTrainer trainer(toy_sc_settings(), data_, folder_ / "checkpoint.pt");
  EXPECT_GT(trainer.error(data_.test), 50);
  ASSERT_TRUE(trainer.train());
  EXPECT_LT(trainer.error(data_.test), 5);
  for (const golden::FloatSc& layer : trainer.network().to_float().layers) {
    EXPECT_LE(layer.weight.cwiseAbs().maxCoeff(), 1);
    EXPECT_LE(layer.bias.cwiseAbs().maxCoeff(), 1);
  }
}

TEST_F(ScTrainerTest, ResumingGivesTheSameBitsAsNotStopping) {
  const auto whole = train_in_pieces(toy_sc_settings(), 100, "whole");
  const auto pieces = train_in_pieces(toy_sc_settings(), 1, "pieces");
  ASSERT_EQ(whole.size(), pieces.size());
  for (std::size_t n = 0; n < whole.size(); ++n)
    EXPECT_TRUE(torch::equal(whole[n], pieces[n])) << "tensor " << n;
}

TEST_F(ScTrainerTest, AnotherSeedGivesAnotherNetwork) {
  const auto one = train_in_pieces(toy_sc_settings({"epochs=1"}), 100, "one");
  const auto other = train_in_pieces(toy_sc_settings({"epochs=1", "seed=2"}), 100, "other");
  EXPECT_FALSE(torch::equal(one[0], other[0]));
}

TEST_F(ScTrainerTest, EndsWithTheBestOfItsValidations) {
  ScTrainer trainer(toy_sc_settings({"learning_rate=0.3"}), data_, folder_ / "checkpoint.pt");
  trainer.train();
  double best = 100;
  for (const auto& point : trainer.curve()) best = std::min(best, point.at("valid").get<double>());
  EXPECT_EQ(trainer.error(data_.valid), best) << "the noise of a validation is always the same";
}

TEST_F(ScTrainerTest, WhatDoesNotFitIsRefused) {
  train_in_pieces(toy_sc_settings({"epochs=1"}), 100, "checkpoint.pt");
  EXPECT_THAT(error_message([&] {
                train_in_pieces(toy_sc_settings({"epochs=1", "length=64"}), 100, "checkpoint.pt");
              }),
              says("a run with other settings was begun here"));
  EXPECT_THAT(error_message([&] { train_in_pieces(toy_sc_settings({"batch=601"}), 100, "other"); }),
              says("batch: larger than the training set"));
}

}  // namespace
}  // namespace lacuna::models
