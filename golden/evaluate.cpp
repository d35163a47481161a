// SPDX-License-Identifier: Apache-2.0
#include "golden/evaluate.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <mutex>
#include <utility>

#include "golden/error.h"
#include "golden/network.h"
#include "golden/parallel.h"

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

/// Shows what several threads do.
class SharedProgress {
 public:
  explicit SharedProgress(Progress* progress) : progress_(progress) {}

  /// `figure` is the sum over the `amount` of work done; its average is shown.
  void add(std::uint64_t amount, double figure, const char* unit) {
    if (progress_ == nullptr || amount == 0) return;
    const std::lock_guard<std::mutex> lock(mutex_);
    done_ += amount;
    sum_ += figure;
    progress_->note(fmt::format("{:.3f} {}", sum_ / static_cast<double>(done_), unit));
    progress_->advance(amount);
  }

 private:
  Progress* progress_;
  std::mutex mutex_;
  std::uint64_t done_ = 0;
  double sum_ = 0;
};

/// One batch of streams: the network, scores and state statistics.
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
    for (std::size_t b = 0; b < targets.size(); ++b) {
      if (targets[b] >= outputs) {
        throw Error(network.linear()->layer().name,
                    fmt::format("target {} of {} outputs", targets[b], outputs));
      }
      if (targets[b] < 0) continue;
      scores_[b].add(logits.data() + b * static_cast<std::size_t>(outputs), outputs, targets[b],
                     network.linear()->layer().logit_frac);
      ++predictions_;
    }
  }

  std::uint64_t predictions() const { return predictions_; }
  Score total() const {
    Score total;
    for (const Score& score : scores_) {
      total.correct += score.correct;
      total.bits += score.bits;
    }
    return total;
  }

  Evaluation result() const {
    Evaluation evaluation;
    evaluation.predictions = predictions_;
    evaluation.correct = total().correct;
    evaluation.bits = total().bits;
    for (std::size_t i = 0; i < states_.size(); ++i) {
      const Lstm& layer = network.lstm()[i];
      evaluation.layers.push_back({layer.layer().name, states_[i], layer.events()});
    }
    return evaluation;
  }

  Network network;

 private:
  std::vector<StateStatistics> states_;
  std::vector<Score> scores_;
  std::uint64_t predictions_ = 0;
};

/// Sum of parts, in their order.
Evaluation merged(std::vector<Evaluation> parts) {
  Evaluation whole = std::move(parts.front());
  for (std::size_t p = 1; p < parts.size(); ++p) {
    whole.predictions += parts[p].predictions;
    whole.correct += parts[p].correct;
    whole.bits += parts[p].bits;
    for (std::size_t i = 0; i < whole.layers.size(); ++i) {
      whole.layers[i].states.merge(parts[p].layers[i].states);
      whole.layers[i].events += parts[p].layers[i].events;
    }
  }
  return whole;
}

/// Predicts symbols first[b] + 1 .. first[b + 1] in stream b.
Evaluation evaluate_pieces(const Bundle& bundle, const std::vector<int>& symbols,
                           const std::vector<std::size_t>& first, SharedProgress& progress) {
  constexpr int kReportSteps = 64;
  std::vector<int> lengths;
  for (std::size_t b = 0; b + 1 < first.size(); ++b)
    lengths.push_back(static_cast<int>(first[b + 1] - first[b]));
  const int steps = *std::max_element(lengths.begin(), lengths.end());

  Evaluator evaluator(bundle, static_cast<int>(lengths.size()));
  evaluator.network.start(lengths);
  std::vector<int> inputs(lengths.size()), targets(lengths.size());
  std::vector<bool> runs(lengths.size());
  std::uint64_t reported = 0;
  double reported_bits = 0;
  for (int step = 0; step < steps; ++step) {
    for (std::size_t b = 0; b < lengths.size(); ++b) {
      runs[b] = step < lengths[b];
      const std::size_t at = first[b] + static_cast<std::size_t>(step);
      inputs[b] = runs[b] ? symbols[at] : -1;
      targets[b] = runs[b] ? symbols[at + 1] : -1;
    }
    evaluator.network.step_symbols(inputs);
    evaluator.score(runs, targets);
    if (step % kReportSteps == kReportSteps - 1 || step + 1 == steps) {
      const double bits = evaluator.total().bits;
      progress.add(evaluator.predictions() - reported, bits - reported_bits, "bits");
      reported = evaluator.predictions();
      reported_bits = bits;
    }
  }
  return evaluator.result();
}

/// Runs sequences begin .. end - 1 side by side.
void classify(Evaluator& evaluator, const std::vector<LabelledSequence>& sequences,
              std::size_t begin, std::size_t end) {
  const auto inputs = static_cast<std::size_t>(evaluator.network.lstm().front().layer().inputs);
  const auto batch = static_cast<std::size_t>(evaluator.network.batch());
  std::vector<int> lengths(batch, 0);
  for (std::size_t n = begin; n < end; ++n) {
    const std::size_t values = sequences[n].values.size();
    if (values == 0 || values % inputs != 0) {
      throw Error(fmt::format("sequence {}", n),
                  fmt::format("{} values for {} inputs a step", values, inputs));
    }
    lengths[n - begin] = static_cast<int>(values / inputs);
  }
  evaluator.network.start(lengths);
  std::vector<bool> runs(batch);
  std::vector<int> targets(batch);
  std::vector<std::int8_t> dense(inputs * batch);
  const int steps = *std::max_element(lengths.begin(), lengths.end());
  for (int step = 0; step < steps; ++step) {
    for (std::size_t b = 0; b < batch; ++b) {
      runs[b] = step < lengths[b];
      targets[b] = step + 1 == lengths[b] ? sequences[begin + b].label : -1;
      const std::size_t first = static_cast<std::size_t>(step) * inputs;
      for (std::size_t i = 0; i < inputs; ++i) {
        dense[i * batch + b] = runs[b] ? sequences[begin + b].values[first + i] : std::int8_t{0};
      }
    }
    evaluator.network.step(encode_columns(dense, static_cast<int>(batch)));
    evaluator.score(runs, targets);
  }
}

}  // namespace

double Evaluation::perplexity() const { return std::exp2(bits_per_symbol()); }

Evaluation evaluate_text(const Bundle& bundle, const std::vector<int>& symbols, int streams,
                         Progress* progress) {
  if (streams < 1 || symbols.size() < static_cast<std::size_t>(streams) + 1) {
    throw Error("text", fmt::format("{} symbols for {} streams", symbols.size(), streams),
                "take a longer text or fewer streams");
  }
  const std::size_t predictions = symbols.size() - 1;
  const auto first = [&](int stream) {
    return predictions * static_cast<std::size_t>(stream) / static_cast<std::size_t>(streams);
  };
  SharedProgress shared(progress);
  std::vector<Evaluation> parts(static_cast<std::size_t>((streams + kTextBatch - 1) / kTextBatch));
  in_parallel(static_cast<int>(parts.size()), [&](int part) {
    std::vector<std::size_t> firsts;
    const int end = std::min((part + 1) * kTextBatch, streams);
    for (int stream = part * kTextBatch; stream <= end; ++stream) firsts.push_back(first(stream));
    parts[static_cast<std::size_t>(part)] = evaluate_pieces(bundle, symbols, firsts, shared);
  });
  return merged(std::move(parts));
}

Evaluation evaluate_sequences(const Bundle& bundle, const std::vector<LabelledSequence>& sequences,
                              int batch, Progress* progress) {
  if (batch < 1 || sequences.empty()) {
    throw Error("data", fmt::format("{} sequences in batches of {}", sequences.size(), batch));
  }
  constexpr std::size_t kMaxParts = 16;  // each packs the weights anew
  const auto step = static_cast<std::size_t>(batch);
  const std::size_t batches = (sequences.size() + step - 1) / step;
  SharedProgress shared(progress);
  std::vector<Evaluation> parts(std::min(batches, kMaxParts));
  in_parallel(static_cast<int>(parts.size()), [&](int number) {
    const auto part = static_cast<std::size_t>(number);
    Evaluator evaluator(bundle, batch);
    for (std::size_t n = batches * part / parts.size(); n < batches * (part + 1) / parts.size();
         ++n) {
      const std::size_t begin = n * step, end = std::min(begin + step, sequences.size());
      const std::uint64_t correct = evaluator.total().correct;
      classify(evaluator, sequences, begin, end);
      shared.add(end - begin, 100.0 * static_cast<double>(evaluator.total().correct - correct),
                 "% correct");
    }
    parts[part] = evaluator.result();
  });
  return merged(std::move(parts));
}

}  // namespace lacuna::golden
