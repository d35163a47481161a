// SPDX-License-Identifier: Apache-2.0
// Figures of whole data sets: what counts as a prediction, its bits, and how often states are zero.
#include "golden/evaluate.h"

#include <gtest/gtest.h>

#include <cmath>

#include "golden/error.h"
#include "golden/network.h"
#include "golden/remove_units.h"
#include "network_reference.h"
#include "random_layer.h"

namespace lacuna::golden {
namespace {

constexpr int kSeed = 77;
constexpr int kSymbols = 11;

Bundle text_network(Dice& dice, int units = 30) {
  Bundle bundle;
  LstmLayer layer = random_layer(dice, kSymbols, units);
  layer.input = InputKind::kOneHot;
  layer.input_frac = 6;
  layer.threshold = 40;
  bundle.layers = {layer, random_linear(dice, units, kSymbols)};
  return bundle;
}

std::vector<int> random_text(Dice& dice, int length) {
  std::vector<int> text;
  for (int i = 0; i < length; ++i) text.push_back(dice.roll(0, kSymbols - 1));
  return text;
}

/// Bits and hits of the predictions of text[begin + 1 .. end] from text[begin .. end - 1].
std::pair<double, int> reference_score(const Bundle& bundle, const std::vector<int>& text,
                                       int begin, int end) {
  std::vector<std::vector<std::int64_t>> x;
  for (int i = begin; i < end; ++i) {
    x.emplace_back(kSymbols, 0)[static_cast<std::size_t>(text[static_cast<std::size_t>(i)])] = 64;
  }
  const auto logits = reference_logits(bundle, x);
  double bits = 0;
  int correct = 0;
  for (std::size_t i = 0; i < logits.size(); ++i) {
    const auto target = static_cast<std::size_t>(text[static_cast<std::size_t>(begin) + i + 1]);
    double sum = 0;
    std::size_t best = 0;
    for (std::size_t o = 0; o < logits[i].size(); ++o) {
      sum +=
          std::exp2(static_cast<double>(logits[i][o] - logits[i][target]) / 4096 / std::log(2.0));
      if (logits[i][o] > logits[i][best]) best = o;
    }
    bits += std::log2(sum);
    correct += best == target;
  }
  return {bits, correct};
}

TEST(EvaluateText, ScoresEveryPredictionOfEveryPiece) {
  Dice dice(kSeed);
  const Bundle bundle = text_network(dice);
  const std::vector<int> text = random_text(dice, 42);
  // 41 predictions in three pieces: 13, 14, 14.
  double bits = 0;
  int correct = 0;
  for (const auto& [begin, end] : {std::pair{0, 13}, {13, 27}, {27, 41}}) {
    const auto [piece_bits, piece_correct] = reference_score(bundle, text, begin, end);
    bits += piece_bits;
    correct += piece_correct;
  }
  const Evaluation evaluation = evaluate_text(bundle, text, 3);
  EXPECT_EQ(evaluation.predictions, 41u);
  EXPECT_EQ(evaluation.correct, static_cast<std::uint64_t>(correct));
  EXPECT_NEAR(evaluation.bits, bits, 1e-9);
  EXPECT_NEAR(evaluation.perplexity(), std::exp2(bits / 41), 1e-9);
  EXPECT_EQ(evaluation.layers.at(0).events.steps, 14u);
}

TEST(EvaluateText, BatchesTogetherAreTheWhole) {
  Dice dice(kSeed + 6);
  const Bundle bundle = text_network(dice);
  const std::vector<int> text = random_text(dice, 1 + 19 * 5);  // 19 streams: batches of 8, 8 and 3
  double bits = 0;
  for (int stream = 0; stream < 19; ++stream)
    bits += reference_score(bundle, text, 5 * stream, 5 * stream + 5).first;
  const Evaluation evaluation = evaluate_text(bundle, text, 19);
  EXPECT_EQ(evaluation.predictions, 95u);
  EXPECT_NEAR(evaluation.bits, bits, 1e-9);
  EXPECT_EQ(evaluation.layers.at(0).events.steps, 15u);
  EXPECT_EQ(evaluation.layers.at(0).events.activations, 5u * 30 * 95);
}

TEST(EvaluateText, RefusesTextThatIsTooShort) {
  Dice dice(kSeed + 1);
  const Bundle bundle = text_network(dice);
  EXPECT_THROW(evaluate_text(bundle, {1, 2, 3}, 3), Error);
  EXPECT_NO_THROW(evaluate_text(bundle, {1, 2, 3, 4}, 3));
  EXPECT_THROW(evaluate_text(bundle, {1, 2, 3, 4}, 0), Error);
  EXPECT_THROW(evaluate_text(bundle, {1, kSymbols}, 1), Error);
}

TEST(EvaluateSequences, ScoresTheLastStepOfEachSequence) {
  Dice dice(kSeed + 2);
  Bundle bundle;
  bundle.layers = {random_layer(dice, 3, 18), random_linear(dice, 18, 4)};
  std::vector<LabelledSequence> sequences;
  int correct = 0;
  for (const int steps : {4, 1, 7, 2, 5}) {
    LabelledSequence sequence;
    std::vector<std::vector<std::int64_t>> x;
    for (int step = 0; step < steps; ++step) {
      auto& vector = x.emplace_back();
      for (int i = 0; i < 3; ++i) {
        sequence.values.push_back(static_cast<std::int8_t>(dice.roll(-128, 127)));
        vector.push_back(sequence.values.back());
      }
    }
    const std::vector<std::int64_t> logits = reference_logits(bundle, x).back();
    const auto best = std::max_element(logits.begin(), logits.end()) - logits.begin();
    sequence.label = steps == 7 ? static_cast<int>(best + 1) % 4 : static_cast<int>(best);
    correct += steps != 7;
    sequences.push_back(sequence);
  }
  const Evaluation evaluation = evaluate_sequences(bundle, sequences, 2);
  EXPECT_EQ(evaluation.predictions, 5u);
  EXPECT_EQ(evaluation.correct, static_cast<std::uint64_t>(correct));
  EXPECT_DOUBLE_EQ(evaluation.accuracy(), 0.8);
}

TEST(EvaluateSequences, RefusesSequencesThatDoNotFit) {
  Dice dice(kSeed + 3);
  Bundle bundle;
  bundle.layers = {random_layer(dice, 3, 4), random_linear(dice, 4, 4)};
  EXPECT_THROW(evaluate_sequences(bundle, {{{1, 2}, 0}}, 1), Error);
  EXPECT_THROW(evaluate_sequences(bundle, {{{}, 0}}, 1), Error);
  EXPECT_THROW(evaluate_sequences(bundle, {{{1, 2, 3}, 4}}, 1), Error);
}

TEST(StateStatistics, CountsZerosAStreamAndAGroup) {
  StateStatistics statistics(4);
  // Units 1 and 3 of four; streams 0..4; the fifth stream is in no group but that of one.
  Columns kept;
  kept.batch = 5;
  kept.index = {1, 3};
  kept.values = {1, 0, 0, 0, 0, /**/ 0, 0, -2, 3, 0};
  const std::vector<bool> all(5, true);
  statistics.add(kept, all);
  EXPECT_DOUBLE_EQ(statistics.sparsity(), 1 - 3.0 / 20);
  EXPECT_DOUBLE_EQ(statistics.joint_sparsity(2), 1 - 2.0 / 8);
  EXPECT_DOUBLE_EQ(statistics.joint_sparsity(4), 1 - 2.0 / 4);
  EXPECT_TRUE(std::isnan(statistics.joint_sparsity(8)));
  EXPECT_EQ(statistics.dead_units(), (std::vector<int>{0, 2}));
  statistics.merge(statistics);
  EXPECT_DOUBLE_EQ(statistics.sparsity(), 1 - 3.0 / 20);
  // Streams 0 and 1 have ended: only the group of 2 and 3 is left.
  StateStatistics ended(4);
  ended.add(kept, {false, false, true, true, false});
  EXPECT_DOUBLE_EQ(ended.sparsity(), 1 - 2.0 / 8);
  EXPECT_DOUBLE_EQ(ended.joint_sparsity(2), 1 - 1.0 / 4);
  EXPECT_TRUE(std::isnan(ended.joint_sparsity(4)));
  ended.merge(statistics);
  EXPECT_DOUBLE_EQ(ended.joint_sparsity(2), 1 - 5.0 / 20);
}

TEST(WithoutUnits, DeadUnitsDoNotMatter) {
  Dice dice(kSeed + 4);
  Bundle bundle = text_network(dice, 40);
  auto& lstm = std::get<LstmLayer>(bundle.layers[0]);
  for (const int unit : {0, 7, 39}) {  // an output gate that is shut
    lstm.bias[static_cast<std::size_t>(3 * 40 + unit)] = -32768;
    for (auto* matrix : {&lstm.weight_x, &lstm.weight_h}) matrix->row(3 * 40 + unit).setZero();
  }
  const std::vector<int> text = random_text(dice, 200);
  const Evaluation whole = evaluate_text(bundle, text, 4);
  const std::vector<int> dead = whole.layers[0].states.dead_units();
  ASSERT_GE(dead.size(), 3u);
  ASSERT_LT(dead.size(), 40u);
  const Bundle smaller = without_units(bundle, "lstm", dead);
  EXPECT_EQ(std::get<LstmLayer>(smaller.layers[0]).units, 40 - static_cast<int>(dead.size()));
  const Evaluation cut = evaluate_text(smaller, text, 4);
  EXPECT_EQ(cut.bits, whole.bits);
  EXPECT_EQ(cut.correct, whole.correct);
  EXPECT_EQ(cut.layers[0].events.macs_nonzero * 40,
            whole.layers[0].events.macs_nonzero * (40 - dead.size()));
}

TEST(WithoutUnits, CutsTheNextLayersInputs) {
  Dice dice(kSeed + 5);
  Bundle bundle;
  LstmLayer first = random_layer(dice, 2, 3), second = random_layer(dice, 3, 2);
  first.name = "first";
  first.initial_h = {1, 2, 3};
  bundle.layers = {first, second};
  const Bundle smaller = without_units(bundle, "first", {1});
  const auto& cut = std::get<LstmLayer>(smaller.layers[0]);
  const auto& next = std::get<LstmLayer>(smaller.layers[1]);
  EXPECT_EQ(cut.initial_h, (std::vector<std::int8_t>{1, 3}));
  EXPECT_EQ(cut.weight_h(2 * 2 + 1, 1), first.weight_h(2 * 3 + 2, 2));  // gate g of the last unit
  EXPECT_EQ(next.inputs, 2);
  EXPECT_EQ(next.weight_x.col(1), second.weight_x.col(2));
  EXPECT_THROW(without_units(bundle, "first", {3}), Error);
  EXPECT_THROW(without_units(bundle, "first", {0, 1, 2}), Error);
  EXPECT_THROW(without_units(bundle, "other", {0}), Error);
}

}  // namespace
}  // namespace lacuna::golden
