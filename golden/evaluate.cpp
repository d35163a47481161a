// SPDX-License-Identifier: Apache-2.0
#include "golden/evaluate.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "golden/error.h"
#include "golden/network.h"

namespace lacuna::golden {
namespace {

/// Scores targets in one stream's logits. Sums of doubles are kept a stream and added in order, so
/// that threads do not change them.
struct Score {
  std::uint64_t correct = 0;
  double bits = 0;

  void add(const std::int64_t* logits, int outputs, int target, int frac) {
    const std::int64_t* largest = std::max_element(logits, logits + outputs);
    correct += largest - logits == target;
    const double unit = std::ldexp(1.0, -frac);
    double sum = 0;
    for (int i = 0; i < outputs; ++i)
      sum += std::exp(static_cast<double>(logits[i] - *largest) * unit);
    bits += (std::log(sum) + static_cast<double>(*largest - logits[target]) * unit) / std::log(2.0);
  }
};

/// What both kinds of evaluation share: the network, scores and state statistics of its streams.
class Evaluator {
 public:
  Evaluator(const Bundle& bundle, int batch)
      : network(bundle, batch), scores_(static_cast<std::size_t>(batch)) {
    if (!network.linear()) throw Error("bundle", "has no linear layer", "it predicts nothing");
    for (const Lstm& layer : network.lstm()) states_.emplace_back(layer.layer().units);
  }

  /// After a step: statistics of the streams that run, scores of those that have a target (not -1).
  void score(const std::vector<bool>& runs, const std::vector<int>& targets) {
    for (std::size_t i = 0; i < states_.size(); ++i) states_[i].add(network.lstm()[i].kept(), runs);
    if (std::all_of(targets.begin(), targets.end(), [](int target) { return target < 0; })) return;
    const std::vector<std::int64_t> logits = network.logits();
    const int outputs = network.linear()->outputs();
    const int batch = network.batch();
    for (const int target : targets) {
      if (target >= outputs) {
        throw Error(network.linear()->layer().name,
                    fmt::format("target {} of {} outputs", target, outputs));
      }
    }
#pragma omp parallel for num_threads(worker_threads()) if (logits.size() > kMinParallelLogits)
    for (int b = 0; b < batch; ++b) {
      const int target = targets[static_cast<std::size_t>(b)];
      if (target < 0) continue;
      scores_[static_cast<std::size_t>(b)].add(
          logits.data() + static_cast<std::ptrdiff_t>(b) * outputs, outputs, target,
          network.linear()->layer().logit_frac);
    }
    predictions_ += static_cast<std::uint64_t>(
        std::count_if(targets.begin(), targets.end(), [](int target) { return target >= 0; }));
  }

  double bits_per_symbol() const {
    const double bits =
        std::accumulate(scores_.begin(), scores_.end(), 0.0,
                        [](double sum, const Score& score) { return sum + score.bits; });
    return bits / static_cast<double>(predictions_);
  }

  Evaluation result() const {
    Evaluation evaluation;
    evaluation.predictions = predictions_;
    for (const Score& score : scores_) {
      evaluation.correct += score.correct;
      evaluation.bits += score.bits;
    }
    for (std::size_t i = 0; i < states_.size(); ++i) {
      const Lstm& layer = network.lstm()[i];
      evaluation.layers.push_back({layer.layer().name, states_[i], layer.events()});
    }
    return evaluation;
  }

  Network network;

 private:
  static constexpr std::size_t kMinParallelLogits =
      4096;  ///< below, threads cost more than they save

  std::vector<StateStatistics> states_;
  std::vector<Score> scores_;
  std::uint64_t predictions_ = 0;
};

}  // namespace

double Evaluation::perplexity() const { return std::exp2(bits_per_symbol()); }

Evaluation evaluate_text(const Bundle& bundle, const std::vector<int>& symbols, int batch,
                         Progress* progress) {
  if (batch < 1 || symbols.size() < static_cast<std::size_t>(batch) + 1) {
    throw Error("text", fmt::format("{} symbols for {} streams", symbols.size(), batch),
                "take a longer text or fewer streams");
  }
  // Stream b predicts symbols first[b] + 1 .. first[b + 1].
  const std::size_t predictions = symbols.size() - 1;
  std::vector<std::size_t> first;
  for (int b = 0; b <= batch; ++b) {
    first.push_back(predictions * static_cast<std::size_t>(b) / static_cast<std::size_t>(batch));
  }
  std::vector<int> lengths;
  for (std::size_t b = 0; b + 1 < first.size(); ++b)
    lengths.push_back(static_cast<int>(first[b + 1] - first[b]));

  Evaluator evaluator(bundle, batch);
  evaluator.network.start(lengths);
  std::vector<int> inputs(lengths.size()), targets(lengths.size());
  std::vector<bool> runs(lengths.size());
  for (int step = 0; step < *std::max_element(lengths.begin(), lengths.end()); ++step) {
    for (std::size_t b = 0; b < lengths.size(); ++b) {
      runs[b] = step < lengths[b];
      inputs[b] = runs[b] ? symbols[first[b] + static_cast<std::size_t>(step)] : -1;
      targets[b] = runs[b] ? symbols[first[b] + static_cast<std::size_t>(step) + 1] : -1;
    }
    evaluator.network.step_symbols(inputs);
    evaluator.score(runs, targets);
    if (progress != nullptr) {
      progress->note(fmt::format("{:.3f} bits", evaluator.bits_per_symbol()));
      progress->advance(static_cast<std::uint64_t>(std::count(runs.begin(), runs.end(), true)));
    }
  }
  return evaluator.result();
}

Evaluation evaluate_sequences(const Bundle& bundle, const std::vector<LabelledSequence>& sequences,
                              int batch, Progress* progress) {
  Evaluator evaluator(bundle, batch);
  const auto inputs = static_cast<std::size_t>(evaluator.network.lstm().front().layer().inputs);
  for (std::size_t begin = 0; begin < sequences.size(); begin += static_cast<std::size_t>(batch)) {
    const std::size_t count = std::min(static_cast<std::size_t>(batch), sequences.size() - begin);
    std::vector<int> lengths(static_cast<std::size_t>(batch), 0);
    for (std::size_t b = 0; b < count; ++b) {
      const std::size_t values = sequences[begin + b].values.size();
      if (values == 0 || values % inputs != 0) {
        throw Error(fmt::format("sequence {}", begin + b),
                    fmt::format("{} values for {} inputs a step", values, inputs));
      }
      lengths[b] = static_cast<int>(values / inputs);
    }
    evaluator.network.start(lengths);
    std::vector<bool> runs(lengths.size());
    std::vector<int> targets(lengths.size());
    std::vector<std::int8_t> dense(inputs * lengths.size());
    for (int step = 0; step < *std::max_element(lengths.begin(), lengths.end()); ++step) {
      for (std::size_t b = 0; b < lengths.size(); ++b) {
        runs[b] = step < lengths[b];
        targets[b] = step + 1 == lengths[b] ? sequences[begin + b].label : -1;
        for (std::size_t i = 0; i < inputs; ++i) {
          dense[i * lengths.size() + b] =
              runs[b] ? sequences[begin + b].values[static_cast<std::size_t>(step) * inputs + i]
                      : std::int8_t{0};
        }
      }
      evaluator.network.step(encode_columns(dense, batch));
      evaluator.score(runs, targets);
    }
    if (progress != nullptr) progress->advance(count);
  }
  return evaluator.result();
}

}  // namespace lacuna::golden
