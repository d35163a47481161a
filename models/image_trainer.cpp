// SPDX-License-Identifier: Apache-2.0
#include "models/image_trainer.h"

#include <fmt/format.h>

#include <chrono>
#include <cmath>

#include "golden/error.h"
#include "golden/progress.h"

namespace lacuna::models {
namespace {

using torch::Tensor;
using Clock = std::chrono::steady_clock;

constexpr std::int64_t kPiece = 1000;  // images evaluated at a time

}  // namespace

ImageTrainer::ImageTrainer(ImageRun run, const ImageData& data, std::filesystem::path checkpoint)
    : run_(std::move(run)), data_(data), file_(std::move(checkpoint)) {
  if (steps_per_epoch() == 0) throw Error("batch", "larger than the training set");
}

void ImageTrainer::begin(const Optimizer::Parameters& parameters, std::vector<double> factors) {
  parameters_ = parameters;
  optimizer_.emplace("adam", parameters, std::move(factors));
  if (const auto saved = read_checkpoint(file_)) load(*saved);
}

std::int64_t ImageTrainer::steps_per_epoch() const {
  return data_.train.labels.size(0) / run_.batch;
}

double ImageTrainer::train_epoch() {
  // An epoch's order and samples come from seed and epoch alone: one that is trained again after an
  // interruption is the same.
  torch::manual_seed(static_cast<std::uint64_t>(run_.seed) * 1'000'003U +
                     static_cast<std::uint64_t>(epoch_));
  const std::int64_t steps = steps_per_epoch();
  const Tensor order = torch::randperm(data_.train.labels.size(0));
  Progress progress(fmt::format("epoch {}/{}", epoch_ + 1, run_.epochs),
                    static_cast<std::uint64_t>(steps * run_.batch), "images");
  double sum = 0;
  for (std::int64_t step = 0; step < steps; ++step) {
    const double share_done =
        (epoch_ + static_cast<double>(step) / static_cast<double>(steps)) / run_.epochs;
    const Tensor chosen = order.slice(0, step * run_.batch, (step + 1) * run_.batch);
    const Tensor batch_loss = loss(
        {data_.train.pixels.index_select(0, chosen), data_.train.labels.index_select(0, chosen)},
        share_done);
    batch_loss.backward();
    optimizer_->step(run_.learning_rate * (1 - share_done), /*clip=*/0);
    constrain();
    const double value = batch_loss.item<double>();
    if (!std::isfinite(value)) {
      throw Error("training", fmt::format("the loss is not finite in epoch {}", epoch_ + 1),
                  "use a smaller learning_rate");
    }
    sum += value;
    progress.note(fmt::format("loss {:.4f}", sum / static_cast<double>(step + 1)));
    progress.advance(static_cast<std::uint64_t>(run_.batch));
  }
  return sum / static_cast<double>(steps);
}

bool ImageTrainer::train(int epoch_limit) {
  const int last = epoch_limit < run_.epochs - epoch_ ? epoch_ + epoch_limit : run_.epochs;
  while (epoch_ < last) {
    const auto begin = Clock::now();
    const double loss = train_epoch();
    const double valid = validate();
    ++epoch_;
    seconds_ += std::chrono::duration<double>(Clock::now() - begin).count();
    curve_.push_back({{"epoch", epoch_}, {"train", loss}, {"valid", valid}, {"seconds", seconds_}});
    fmt::print(stderr, "epoch {}: loss {:.4f}, validation {:.2f} % wrong\n", epoch_, loss, valid);
    save();
  }
  if (epoch_ < run_.epochs) return false;
  restore(best_weights_);
  settle();
  return true;
}

double ImageTrainer::validate() {
  settle();
  const double valid = error(data_.valid);
  if (valid < best_) {
    best_ = valid;
    best_weights_ = snapshot();
  }
  return valid;
}

double ImageTrainer::error(const Images& images) const {
  torch::manual_seed(static_cast<std::uint64_t>(run_.seed));
  const std::int64_t count = images.labels.size(0);
  std::int64_t right = 0;
  for (std::int64_t begin = 0; begin < count; begin += kPiece) {
    const Tensor answers = answer(images.pixels.slice(0, begin, begin + kPiece)).argmax(1);
    right += answers.eq(images.labels.slice(0, begin, begin + kPiece)).sum().item<std::int64_t>();
  }
  return 100.0 * static_cast<double>(count - right) / static_cast<double>(count);
}

std::vector<Tensor> ImageTrainer::snapshot() const {
  std::vector<Tensor> weights;
  for (const auto& [name, tensor] : parameters_) weights.push_back(tensor.detach().clone());
  return weights;
}

void ImageTrainer::restore(const std::vector<Tensor>& weights) {
  const torch::NoGradGuard no_grad;
  std::size_t next = 0;
  for (const auto& [name, tensor] : parameters_) {
    Tensor target = tensor;
    target.copy_(weights.at(next++));
  }
}

void ImageTrainer::save() const {
  Checkpoint checkpoint;
  checkpoint.facts = {{"settings", run_.deciding},
                      {"epoch", epoch_},
                      {"best", best_},
                      {"curve", curve_},
                      {"seconds", seconds_}};
  checkpoint.tensors = {
      {"weights", snapshot()}, {"optimizer", optimizer_->save()}, {"best", best_weights_}};
  write_checkpoint(checkpoint, file_);
}

void ImageTrainer::load(const Checkpoint& checkpoint) {
  if (checkpoint.facts.at("settings") != run_.deciding) {
    throw Error(file_.string(), "a run with other settings was begun here",
                "choose another --out, or remove the file to start from the beginning");
  }
  epoch_ = checkpoint.facts.at("epoch");
  best_ = checkpoint.facts.at("best");
  curve_ = checkpoint.facts.at("curve");
  seconds_ = checkpoint.facts.at("seconds");
  restore(checkpoint.tensors.at("weights"));
  optimizer_->load(checkpoint.tensors.at("optimizer"));
  best_weights_ = checkpoint.tensors.at("best");
}

}  // namespace lacuna::models
