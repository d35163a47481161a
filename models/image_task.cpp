// SPDX-License-Identifier: Apache-2.0
#include "models/image_task.h"

#include <algorithm>

#include "golden/error.h"
#include "golden/progress.h"

namespace lacuna::models {

using torch::Tensor;

ImageTask::ImageTask(const Settings& settings, const std::filesystem::path& data)
    : rows_(settings.task == "rows"),
      batch_(settings.batch),
      seed_(settings.seed),
      joint_batch_(settings.coincidence_batch),
      data_(load_mnist(data)) {
  if (settings.data != "mnist") {
    throw Error(settings.data, "pixels and rows need images", "use data=mnist");
  }
  if (steps_per_epoch() == 0) throw Error("batch", "larger than the training set");
}

void ImageTask::begin_epoch(int epoch) {
  // Shuffled by seed and epoch alone: an epoch that is resumed sees the same order.
  torch::manual_seed(static_cast<std::uint64_t>(seed_ * 1'000'003 + epoch));
  order_ = torch::randperm(data_.train.labels.size(0));
}

Step ImageTask::train(const Network& network, std::int64_t step, float threshold,
                      Precision precision) {
  const Tensor chosen = order_.slice(0, step * batch_, (step + 1) * batch_);
  const Tensor input = pixel_sequences(data_.train.pixels.index_select(0, chosen), rows_);
  const LstmOutput run =
      network.run(input, network.initial_state(batch_), threshold, precision, RunMode::kTrain);
  const Tensor logits =
      network.output(prune(run.states[-1], threshold), Precision::kFloat32, RunMode::kTrain);
  return {torch::nn::functional::cross_entropy(logits, data_.train.labels.index_select(0, chosen)),
          run.states};
}

void ImageTask::collect(const Network& network, float threshold, Precision precision) const {
  const torch::NoGradGuard no_grad;
  const std::int64_t steps = std::min(steps_per_epoch(), kCollectedSteps);
  for (std::int64_t step = 0; step < steps; ++step) {
    const Tensor pixels = data_.train.pixels.slice(0, step * batch_, (step + 1) * batch_);
    network.run(pixel_sequences(pixels, rows_), network.initial_state(batch_), threshold, precision,
                RunMode::kCollect);
  }
}

Evaluation ImageTask::evaluate(const Network& network, Part part, float threshold,
                               Precision precision) const {
  const torch::NoGradGuard no_grad;
  constexpr std::int64_t kPiece = 200;
  const std::int64_t count = images(part).labels.size(0);
  SparsityCount zeros(joint_batch_);
  std::int64_t right = 0;
  for (std::int64_t begin = 0; begin < count; begin += kPiece) {
    const std::int64_t end = std::min(count, begin + kPiece);
    const Tensor input = pixel_sequences(images(part).pixels.slice(0, begin, end), rows_);
    const LstmOutput run = network.run(input, network.initial_state(end - begin), threshold,
                                       precision, RunMode::kEvaluate);
    const Tensor pruned = prune(run.states, threshold);
    zeros.add(pruned);
    const Tensor answers =
        network.output(pruned[-1], Precision::kFloat32, RunMode::kEvaluate).argmax(1);
    right += answers.eq(images(part).labels.slice(0, begin, end)).sum().item<std::int64_t>();
  }
  Evaluation result;
  result.predictions = count;
  result.score = 100.0 * static_cast<double>(count - right) / static_cast<double>(count);
  zeros.finish(result);
  return result;
}

Evaluation ImageTask::evaluate(const golden::Bundle& bundle, Part part) const {
  constexpr int kBatch = 64;
  const int frac = std::get<golden::LstmLayer>(bundle.layers.at(0)).input_frac;
  const Tensor integers = torch::round(pixel_sequences(images(part).pixels, rows_) * (1 << frac))
                              .to(torch::kChar)
                              .transpose(0, 1)
                              .contiguous();
  const std::int64_t count = integers.size(0), values = integers.size(1) * integers.size(2);
  std::vector<golden::LabelledSequence> sequences(static_cast<std::size_t>(count));
  for (std::int64_t n = 0; n < count; ++n) {
    const auto* first = integers.data_ptr<std::int8_t>() + n * values;
    sequences[static_cast<std::size_t>(n)] = {
        {first, first + values}, static_cast<int>(images(part).labels[n].item<std::int64_t>())};
  }
  Progress progress("integers", static_cast<std::uint64_t>(count), sample_name());
  const golden::Evaluation measured =
      golden::evaluate_sequences(bundle, sequences, kBatch, &progress);
  return from_golden(measured, 100.0 * (1.0 - measured.accuracy()));
}

const Images& ImageTask::images(Part part) const {
  return part == Part::kTrain ? data_.train : part == Part::kValid ? data_.valid : data_.test;
}

golden::CalibrationData ImageTask::calibration() const {
  constexpr std::int64_t kImages = 64;
  const Tensor input = pixel_sequences(data_.valid.pixels.slice(0, 0, kImages), rows_);
  golden::CalibrationData calibration;
  for (std::int64_t n = 0; n < kImages; ++n) {
    const Tensor one = input.select(1, n).contiguous();
    calibration.dense.emplace_back(
        Eigen::Map<const golden::FloatMatrix>(one.data_ptr<float>(), one.size(0), one.size(1)));
  }
  return calibration;
}

nlohmann::json ImageTask::facts() const {
  return {{"task", rows_ ? "rows" : "pixels"},
          {"data", {{"name", rows_ ? "mnist-rows" : "mnist-pixels"}, {"sha256", data_.sha256}}}};
}

}  // namespace lacuna::models
