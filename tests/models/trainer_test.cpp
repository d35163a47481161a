// SPDX-License-Identifier: Apache-2.0
#include "models/trainer.h"

#include <ATen/Parallel.h>
#include <gmock/gmock.h>

#include <string>

#include "golden/error.h"
#include "models/quantised_weights.h"
#include "models/threshold_search.h"
#include "tests/golden/error_message.h"
#include "tests/golden/temporary_folder.h"

namespace lacuna::models {
namespace {

using golden::error_message;
using golden::TemporaryFolder;

/// Text with some structure to learn, the same in every run.
std::string toy_text() {
  std::string text;
  unsigned state = 12345;
  while (text.size() < 12000) {
    state = state * 1664525U + 1013904223U;
    constexpr const char* kWords[] = {"zero ", "state ", "column ", "skips ",
                                      "a ",    "the ",   "lane\n"};
    text += kWords[(state >> 16) % 7];
  }
  return text;
}

class TrainerTest : public testing::Test {
 protected:
  TrainerTest() {
    at::set_num_threads(1);
    text_ = folder_.write("toy.txt", toy_text()).string();
  }

  Settings settings(const std::vector<std::string>& more = {}) const {
    std::vector<std::string> overrides = {"data=" + text_,     "units=24", "batch=8",
                                          "sequence=16",       "epochs=3", "precision=float32",
                                          "learning_rate=0.02"};
    overrides.insert(overrides.end(), more.begin(), more.end());
    return read_settings("text", overrides);
  }

  /// Trains in pieces of `piece` steps, each by a new trainer that goes on from the checkpoint.
  std::vector<torch::Tensor> train_in_pieces(const Settings& settings, std::int64_t piece,
                                             const std::string& name) const {
    for (;;) {
      const auto task = make_task(settings, "");
      Trainer trainer(settings, *task, folder_ / name);
      if (trainer.train(piece)) {
        std::vector<torch::Tensor> result = trainer.snapshot();
        result.push_back(torch::tensor(trainer.threshold()));
        return result;
      }
    }
  }

  TemporaryFolder folder_;
  std::string text_;
};

TEST_F(TrainerTest, LearnsTheToyText) {
  const Settings toy = settings();
  const auto task = make_task(toy, "");
  Trainer trainer(toy, *task, folder_ / "checkpoint.pt");
  const double before =
      task->evaluate(trainer.network(), Part::kTest, 0, Precision::kFloat32).score;
  ASSERT_TRUE(trainer.train());
  const double after = task->evaluate(trainer.network(), Part::kTest, 0, Precision::kFloat32).score;
  EXPECT_GT(before, 3.0);
  EXPECT_LT(after, 1.2);
  EXPECT_EQ(trainer.curve().size(), 3U);
}

TEST_F(TrainerTest, ResumingGivesTheSameBitsAsNotStopping) {
  for (const std::vector<std::string>& variant :
       {std::vector<std::string>{"threshold_rule=target_sparsity", "dropout=0.2", "evaluations=2",
                                 "keep_best=true", "coincidence=0.1"},
        {"normalisation=shared", "weight_format=ternary", "threshold_rule=target_sparsity",
         "keep_best=true", "epochs=2"},
        {"optimizer=sgd", "learning_rate=1", "schedule=plateau", "embedding=8", "task=words"}}) {
    const Settings toy = settings(variant);
    const auto whole = train_in_pieces(toy, 1'000'000, "whole." + variant[0]);
    const auto pieces = train_in_pieces(toy, 17, "pieces." + variant[0]);
    ASSERT_EQ(whole.size(), pieces.size());
    for (std::size_t n = 0; n < whole.size(); ++n) {
      EXPECT_TRUE(torch::equal(whole[n], pieces[n])) << variant[0] << ", tensor " << n;
    }
  }
}

TEST_F(TrainerTest, BinaryWeightsLearnTheToyTextToo) {
  for (const char* format : {"binary", "ternary", "int12"}) {
    const Settings toy =
        settings({"normalisation=shared", std::string("weight_format=") + format, "epochs=1"});
    const auto task = make_task(toy, "");
    Trainer trainer(toy, *task, folder_ / (std::string(format) + ".pt"));
    trainer.train();
    const double score =
        task->evaluate(trainer.network(), Part::kTest, 0, Precision::kFloat32).score;
    EXPECT_LT(score, 1.2) << format;
    const golden::FloatNetwork network = trainer.network().to_float(0);
    const auto calibration = golden::calibrate(network, task->calibration());
    const golden::Bundle bundle = golden::quantize(network, calibration);
    EXPECT_NEAR(task->evaluate(bundle, Part::kTest).score, score, 0.05) << format;
  }
}

TEST_F(TrainerTest, ANormalisedRunBeginsFromACheckpoint) {
  const std::vector<std::string> shared = {"normalisation=shared", "weight_format=binary",
                                           "epochs=1"};
  const auto task = make_task(settings(shared), "");
  Trainer first(settings(shared), *task, folder_ / "first.pt");
  first.train();
  std::vector<std::string> more = shared;
  more.push_back("begin=" + (folder_ / "first.pt").string());
  const Trainer second(settings(more), *task, folder_ / "second.pt");
  const auto wanted = first.snapshot(), got = second.snapshot();
  for (std::size_t n = 0; n < wanted.size(); ++n) EXPECT_TRUE(torch::equal(wanted[n], got[n])) << n;
  more[0] = "normalisation=none", more[1] = "weight_format=int12";
  EXPECT_THAT(error_message([&] { Trainer(settings(more), *task, folder_ / "third.pt"); }),
              testing::HasSubstr("weights of another shape"));
}

TEST_F(TrainerTest, FullPrecisionBecomesMasterWeightsOfHalfTheMagnitude) {
  const std::string begin = (folder_ / "int12.pt").string();
  const std::vector<std::string> int12 = {"normalisation=shared", "weight_format=int12",
                                          "epochs=2"};
  const auto task = make_task(settings(int12), "");
  Trainer first(settings(int12), *task, begin);
  first.train();
  const Settings ternary =
      settings({"normalisation=shared", "weight_format=ternary", "epochs=1", "begin=" + begin});
  Trainer second(ternary, *task, folder_ / "ternary.pt");
  const torch::Tensor before = first.network().parameters()[1].second;
  const torch::Tensor master = second.network().parameters()[1].second;
  ASSERT_EQ(second.network().parameters()[1].first, "lstm.weight_h");
  const double magnitude = weight_magnitude(master.size(1), master.size(0));
  const torch::Tensor deviation = master.square().mean(1).sqrt();
  EXPECT_LE(deviation.max().item<double>(), 0.5 * magnitude + 1e-6);
  EXPECT_GT(deviation.min().item<double>(), 0.4 * magnitude) << "few weights are cut at W0";
  EXPECT_TRUE(torch::equal(before.sign(), master.sign()));
  second.train();
  EXPECT_LT(second.curve().back().at("valid").get<double>(), 1.2);
}

TEST_F(TrainerTest, ANormalisedRunBeginsFromPrunedWeightsAndComputesTheSame) {
  const std::string begin = (folder_ / "pruned.safetensors").string();
  const std::vector<std::string> pruned = {"threshold_rule=fixed", "threshold=0.1", "epochs=1"};
  const auto task = make_task(settings(pruned), "");
  Trainer first(settings(pruned), *task, folder_ / "pruned.pt");
  first.train();
  golden::write_float_network(first.network().to_float(first.threshold()), begin);

  std::vector<std::string> more = {"threshold_rule=target_sparsity", "normalisation=shared",
                                   "weight_format=int12", "begin=" + begin};
  Trainer second(settings(more), *task, folder_ / "second.pt");
  EXPECT_EQ(second.threshold(), first.threshold());
  const auto valid = [&](const Trainer& of) {
    return task->evaluate(of.network(), Part::kValid, of.threshold(), Precision::kFloat32);
  };
  EXPECT_NEAR(valid(second).score, valid(first).score, 1e-4);
  EXPECT_NEAR(valid(second).sparsity, valid(first).sparsity, 1e-3);

  more[2] = "weight_format=binary";
  Trainer third(settings(more), *task, folder_ / "third.pt");
  third.train();
  EXPECT_LT(third.curve().back().at("valid").get<double>(), 1.2);

  const std::string folded = (folder_ / "folded.safetensors").string();
  golden::write_float_network(second.network().to_float(0), folded);
  more[3] = "begin=" + folded;
  EXPECT_THAT(error_message([&] { Trainer(settings(more), *task, folder_ / "fourth.pt"); }),
              testing::HasSubstr("begin from that run's checkpoint.pt"));
}

TEST_F(TrainerTest, BeginsFromTheBestOfARunThatKeepsIt) {
  const std::string begin = (folder_ / "first.pt").string();
  const std::vector<std::string> kept = {"keep_best=true", "epochs=2", "learning_rate=0.3"};
  const auto task = make_task(settings(kept), "");
  Trainer first(settings(kept), *task, begin);
  first.train();
  const Trainer second(settings({"begin=" + begin}), *task, folder_ / "second.pt");
  const auto wanted = first.snapshot(), got = second.snapshot();
  for (std::size_t n = 0; n < wanted.size(); ++n) EXPECT_TRUE(torch::equal(wanted[n], got[n])) << n;
}

TEST_F(TrainerTest, AnotherSeedGivesAnotherNetwork) {
  const auto one = train_in_pieces(settings({"epochs=1"}), 1'000'000, "one");
  const auto other = train_in_pieces(settings({"epochs=1", "seed=2"}), 1'000'000, "other");
  EXPECT_FALSE(torch::equal(one[0], other[0]));
}

TEST_F(TrainerTest, ACheckpointOfOtherSettingsIsRefused) {
  train_in_pieces(settings(), 1'000'000, "checkpoint.pt");
  EXPECT_THAT(error_message([&] { train_in_pieces(settings({"seed=2"}), 1, "checkpoint.pt"); }),
              testing::HasSubstr("a run with other settings was begun here"));
}

TEST_F(TrainerTest, BeginsFromGivenWeights) {
  const Settings first = settings({"epochs=1"});
  const auto task = make_task(first, "");
  Trainer trainer(first, *task, folder_ / "first.pt");
  trainer.train();
  const std::string weights = (folder_ / "weights.safetensors").string();
  golden::write_float_network(trainer.network().to_float(0), weights);

  const Trainer second(settings({"begin=" + weights}), *task, folder_ / "second.pt");
  const auto wanted = trainer.snapshot(), got = second.snapshot();
  for (std::size_t n = 0; n < wanted.size(); ++n) EXPECT_TRUE(torch::equal(wanted[n], got[n])) << n;
  EXPECT_THAT(error_message([&] {
                Trainer(settings({"begin=" + weights, "units=25"}), *task, folder_ / "third.pt");
              }),
              testing::HasSubstr("weights of another shape"));
}

TEST_F(TrainerTest, ADamagedCheckpointIsRefused) {
  train_in_pieces(settings({"epochs=1"}), 1'000'000, "checkpoint.pt");
  const std::string bytes = golden::read_bytes(folder_ / "checkpoint.pt");
  for (const std::size_t length : {std::size_t{0}, std::size_t{100}, bytes.size() / 2}) {
    folder_.write("cut.pt", bytes.substr(0, length));
    EXPECT_THAT(error_message([&] { read_checkpoint(folder_ / "cut.pt"); }),
                testing::HasSubstr("not a checkpoint of lacuna, or damaged"))
        << length;
  }
}

TEST_F(TrainerTest, ReachesATargetSparsity) {
  const Settings toy =
      settings({"threshold_rule=target_sparsity", "target_sparsity=0.8", "epochs=6"});
  const auto task = make_task(toy, "");
  Trainer trainer(toy, *task, folder_ / "checkpoint.pt");
  trainer.train();
  const Evaluation test =
      task->evaluate(trainer.network(), Part::kTest, trainer.threshold(), Precision::kFloat32);
  EXPECT_NEAR(test.sparsity, 0.8, 0.08);
  EXPECT_LT(test.joint_sparsity, test.sparsity);
  EXPECT_EQ(trainer.threshold(), grid_threshold(trainer.threshold_index()));
}

TEST_F(TrainerTest, AFixedThresholdIsPutOnTheGrid) {
  const Settings toy = settings({"threshold_rule=fixed", "threshold=0.1", "epochs=1"});
  const auto task = make_task(toy, "");
  Trainer trainer(toy, *task, folder_ / "checkpoint.pt");
  trainer.train();
  EXPECT_EQ(trainer.threshold(), 12.5F / 128);
}

TEST_F(TrainerTest, FindsTheMostSparsityWithinAnAllowedLoss) {
  for (const char* normalisation : {"none", "shared"}) {
    SCOPED_TRACE(normalisation);
    const Settings toy =
        settings({"threshold_rule=allowed_loss", "allowed_loss=0.05", "tuning_steps=30",
                  std::string("normalisation=") + normalisation});
    const auto task = make_task(toy, "");
    Trainer trainer(toy, *task, folder_ / (std::string(normalisation) + ".pt"));
    trainer.train();
    const nlohmann::json tried = search_threshold(trainer, *task, toy);
    const Evaluation chosen =
        task->evaluate(trainer.network(), Part::kValid, trainer.threshold(), Precision::kFloat32);
    EXPECT_GT(chosen.sparsity, 0.1);
    EXPECT_LE(chosen.score, tried.front().at("score").get<double>() + 0.05);
    EXPECT_FALSE(tried.back().at("accepted").get<bool>()) << "one grid step more was too much";
  }
}

TEST_F(TrainerTest, CoincidencePenaltyMakesZerosCoincide) {
  const auto joint = [&](const char* weight, const std::string& name) {
    const Settings toy = settings({"threshold_rule=target_sparsity", "target_sparsity=0.7",
                                   "epochs=6", std::string("coincidence=") + weight});
    const auto task = make_task(toy, "");
    Trainer trainer(toy, *task, folder_ / name);
    trainer.train();
    return task->evaluate(trainer.network(), Part::kTrain, trainer.threshold(), Precision::kFloat32)
        .joint_sparsity;
  };
  EXPECT_GT(joint("2", "with"), joint("0", "without") + 0.05);
}

}  // namespace
}  // namespace lacuna::models
