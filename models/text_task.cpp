// SPDX-License-Identifier: Apache-2.0
#include "models/text_task.h"

#include <algorithm>
#include <cmath>

#include "golden/error.h"
#include "golden/progress.h"

namespace lacuna::models {
namespace {

using torch::Tensor;

constexpr std::int64_t kEvaluationStreams = 64;
constexpr std::int64_t kEvaluationWindow = 100;  // at least; whole training windows

/// Cuts a text into `streams` pieces of equal length that lie side by side: [length, streams]. Each
/// piece but the last ends with the first token of the next, so that only the end of the text is
/// left over.
Tensor side_by_side(const std::vector<int>& tokens, std::int64_t streams) {
  const std::int64_t length = (static_cast<std::int64_t>(tokens.size()) - 1) / streams;
  Tensor ids = torch::empty({length + 1, streams}, torch::kLong);
  auto* out = ids.data_ptr<std::int64_t>();
  for (std::int64_t t = 0; t <= length; ++t) {
    for (std::int64_t s = 0; s < streams; ++s) {
      out[t * streams + s] = tokens[static_cast<std::size_t>(s * length + t)];
    }
  }
  return ids;
}

std::int64_t streams_of(const std::vector<int>& tokens) {
  return std::min(kEvaluationStreams, static_cast<std::int64_t>(tokens.size()) / 2);
}

/// Mean negative log-likelihood of the ids that follow, nats.
Tensor next_symbol_loss(const Tensor& logits, const Tensor& next) {
  return torch::nn::functional::cross_entropy(logits, next.reshape({-1}));
}

}  // namespace

TextTask::TextTask(const Settings& settings, const std::filesystem::path& data)
    : characters_(settings.task == "characters"),
      batch_(settings.batch),
      sequence_(settings.sequence),
      joint_batch_(settings.coincidence_batch),
      data_(load_text(settings.data,
                      characters_ ? golden::TextUnit::kCharacters : golden::TextUnit::kWords,
                      data)) {
  train_ = side_by_side(data_.train, batch_);
  windows_ = (train_.size(0) - 1) / sequence_;
  if (windows_ == 0) {
    throw Error(settings.data, "too short for one window of every stream",
                "make batch or sequence smaller");
  }
}

const char* TextTask::unit() const { return characters_ ? "bits per character" : "perplexity"; }

double TextTask::score(double nats) const {
  return characters_ ? nats / std::log(2.0) : std::exp(nats);
}

void TextTask::begin_epoch(int) { state_ = {}; }

Step TextTask::train(const Network& network, std::int64_t step, float threshold,
                     Precision precision) {
  if (!state_.h.defined()) state_ = network.initial_state(batch_);
  const std::int64_t begin = step * sequence_;
  const LstmOutput run = network.run(train_.slice(0, begin, begin + sequence_), state_, threshold,
                                     precision, RunMode::kTrain);
  state_ = run.last;
  const Tensor logits =
      network.output(prune(run.states, threshold).flatten(0, 1), precision, RunMode::kTrain);
  return {next_symbol_loss(logits, train_.slice(0, begin + 1, begin + sequence_ + 1)), run.states};
}

void TextTask::collect(const Network& network, float threshold, Precision precision) const {
  const torch::NoGradGuard no_grad;
  LstmState state = network.initial_state(batch_);
  for (std::int64_t step = 0; step < std::min(windows_, kCollectedSteps); ++step) {
    const Tensor ids = train_.slice(0, step * sequence_, (step + 1) * sequence_);
    state = network.run(ids, state, threshold, precision, RunMode::kCollect).last;
  }
}

Evaluation TextTask::evaluate(const Network& network, Part part, float threshold,
                              Precision precision) const {
  const torch::NoGradGuard no_grad;
  const std::vector<int>& tokens = part == Part::kTrain   ? data_.train
                                   : part == Part::kValid ? data_.valid
                                                          : data_.test;
  const std::int64_t streams =
      std::min<std::int64_t>(kEvaluationStreams, static_cast<std::int64_t>(tokens.size()) / 2);
  const Tensor ids = side_by_side(tokens, streams);
  const std::int64_t steps = ids.size(0) - 1;
  LstmState state = network.initial_state(streams);
  SparsityCount count(joint_batch_);
  double nats = 0;
  const std::int64_t window = (kEvaluationWindow + sequence_ - 1) / sequence_ * sequence_;
  for (std::int64_t begin = 0; begin < steps; begin += window) {
    const std::int64_t end = std::min(steps, begin + window);
    const LstmOutput run =
        network.run(ids.slice(0, begin, end), state, threshold, precision, RunMode::kEvaluate);
    state = run.last;
    const Tensor pruned = prune(run.states, threshold);
    count.add(pruned);
    const Tensor logits = network.output(pruned.flatten(0, 1), precision, RunMode::kEvaluate);
    const Tensor loss = next_symbol_loss(logits, ids.slice(0, begin + 1, end + 1));
    nats += loss.item<double>() * static_cast<double>((end - begin) * streams);
  }
  Evaluation result;
  result.predictions = steps * streams;
  result.score = score(nats / static_cast<double>(result.predictions));
  count.finish(result);
  return result;
}

Evaluation TextTask::evaluate(const golden::Bundle& bundle, Part part) const {
  const auto streams = static_cast<int>(streams_of(tokens(part)));
  Progress progress("integers", tokens(part).size(), sample_name());
  const golden::Evaluation measured =
      golden::evaluate_text(bundle, tokens(part), streams, &progress);
  return from_golden(measured, score(measured.bits_per_symbol() * std::log(2.0)));
}

const std::vector<int>& TextTask::tokens(Part part) const {
  return part == Part::kTrain ? data_.train : part == Part::kValid ? data_.valid : data_.test;
}

std::vector<Tensor> TextTask::carried() const {
  if (!state_.h.defined()) return {};
  return {state_.h, state_.c};
}

void TextTask::carry(const std::vector<Tensor>& saved) {
  state_ = saved.size() == 2 ? LstmState{saved[0], saved[1]} : LstmState{};
}

golden::CalibrationData TextTask::calibration() const {
  constexpr std::size_t kStreams = 16, kSteps = 500;
  golden::CalibrationData calibration;
  const std::size_t length = std::min(kSteps, data_.valid.size() / kStreams);
  for (std::size_t s = 0; s < kStreams; ++s) {
    const auto begin =
        data_.valid.begin() + static_cast<std::ptrdiff_t>(s * (data_.valid.size() / kStreams));
    calibration.tokens.emplace_back(begin, begin + static_cast<std::ptrdiff_t>(length));
  }
  return calibration;
}

nlohmann::json TextTask::facts() const {
  return {{"task", characters_ ? "characters" : "words"},
          {"vocabulary", data_.vocabulary.symbols()},
          {"data",
           {{"name", std::filesystem::path(data_.name).filename().string()},
            {"sha256", data_.sha256}}}};
}

}  // namespace lacuna::models
