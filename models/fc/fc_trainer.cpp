// SPDX-License-Identifier: Apache-2.0
#include "models/fc/fc_trainer.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>

#include "golden/bundle.h"
#include "golden/error.h"
#include "golden/progress.h"
#include "golden/weight_format.h"

namespace lacuna::models {
namespace {

using torch::Tensor;
using Clock = std::chrono::steady_clock;

// Images of the training data for the statistics. Convolutions average over places too, and what
// they give of 10,000 images would take gigabytes.
constexpr std::int64_t kCollectedImages = 10000, kConvolvedImages = 5000;
constexpr std::int64_t kPiece = 1000;  // images evaluated at a time

FcShape shape_of(const FcSettings& settings, const ImageData& data) {
  FcShape shape;
  std::int64_t inputs = data.train.pixels[0].numel();
  if (!settings.convolutions.empty()) {
    const Tensor image = contrast_normalised(data.train.pixels.slice(0, 0, 1));
    shape.convolutions = {settings.convolutions, static_cast<int>(image.size(1)),
                          static_cast<int>(image.size(2))};
    inputs = shape.convolutions.features();
    require(inputs >= 1 && inputs <= golden::kMaxFcSize, "convolutions",
            fmt::format("they give {} features, outside 1..{}", inputs, golden::kMaxFcSize));
  }
  shape.sizes = {static_cast<int>(inputs)};
  shape.sizes.insert(shape.sizes.end(), settings.hidden.begin(), settings.hidden.end());
  shape.sizes.push_back(kImageClasses);
  shape.format = golden::weight_format_of(settings.weight_format, "weight_format");
  shape.sparsity = settings.sparsity;
  shape.kind = settings.mask == "plain" ? golden::LfsrKind::kPlain : golden::LfsrKind::kAllStates;
  shape.groups = settings.groups;
  return shape;
}

/// Seeds Torch, then builds: the same seed gives the same network.
FcNetwork seeded_network(const FcSettings& settings, const ImageData& data) {
  torch::manual_seed(static_cast<std::uint64_t>(settings.seed));
  return FcNetwork(shape_of(settings, data));
}

/// Settings that decide what a run computes.
nlohmann::json deciding(const FcSettings& settings) {
  nlohmann::json json = to_json(settings);
  json.erase("paper_error");
  return json;
}

}  // namespace

Tensor squared_hinge(const Tensor& outputs, const Tensor& labels) {
  const Tensor signs = 2 * torch::one_hot(labels, outputs.size(1)).to(torch::kFloat) - 1;
  return torch::relu(1 - signs * outputs).square().mean();
}

FcTrainer::FcTrainer(const FcSettings& settings, const ImageData& data,
                     std::filesystem::path checkpoint)
    : settings_(settings),
      data_(data),
      file_(std::move(checkpoint)),
      network_(seeded_network(settings, data)),
      optimizer_("adam", network_.parameters(), network_.rate_factors()) {
  if (steps_per_epoch() == 0) throw Error("batch", "larger than the training set");
  if (const auto saved = read_checkpoint(file_)) load(*saved);
}

std::int64_t FcTrainer::steps_per_epoch() const {
  return data_.train.labels.size(0) / settings_.batch;
}

double FcTrainer::train_epoch() {
  // An epoch's order and samples come from seed and epoch alone: one that is trained again after an
  // interruption is the same.
  torch::manual_seed(static_cast<std::uint64_t>(settings_.seed) * 1'000'003U +
                     static_cast<std::uint64_t>(epoch_));
  const std::int64_t steps = steps_per_epoch();
  const Tensor order = torch::randperm(data_.train.labels.size(0));
  Progress progress(fmt::format("epoch {}/{}", epoch_ + 1, settings_.epochs),
                    static_cast<std::uint64_t>(steps * settings_.batch), "images");
  double sum = 0;
  for (std::int64_t step = 0; step < steps; ++step) {
    const double share_done =
        (epoch_ + static_cast<double>(step) / static_cast<double>(steps)) / settings_.epochs;
    const Tensor chosen = order.slice(0, step * settings_.batch, (step + 1) * settings_.batch);
    const Tensor outputs = network_.train(inputs(data_.train.pixels.index_select(0, chosen)),
                                          share_done < settings_.sample_until);
    const Tensor loss = squared_hinge(outputs, data_.train.labels.index_select(0, chosen));
    loss.backward();
    optimizer_.step(settings_.learning_rate * (1 - share_done), /*clip=*/0);
    network_.constrain();
    const double value = loss.item<double>();
    if (!std::isfinite(value)) {
      throw Error("training", fmt::format("the loss is not finite in epoch {}", epoch_ + 1),
                  "use a smaller learning_rate");
    }
    sum += value;
    progress.note(fmt::format("loss {:.4f}", sum / static_cast<double>(step + 1)));
    progress.advance(static_cast<std::uint64_t>(settings_.batch));
  }
  return sum / static_cast<double>(steps);
}

bool FcTrainer::train(int epoch_limit) {
  const int last =
      epoch_limit < settings_.epochs - epoch_ ? epoch_ + epoch_limit : settings_.epochs;
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
  if (epoch_ < settings_.epochs) return false;
  restore(best_weights_);
  collect();
  return true;
}

double FcTrainer::validate() {
  collect();
  const double valid = error(data_.valid);
  if (valid < best_) {
    best_ = valid;
    best_weights_ = snapshot();
  }
  return valid;
}

void FcTrainer::collect() {
  const std::int64_t images = settings_.convolutions.empty() ? kCollectedImages : kConvolvedImages;
  network_.collect(inputs(data_.train.pixels.slice(0, 0, images)));
}

Tensor FcTrainer::inputs(const Tensor& pixels) const {
  return settings_.convolutions.empty() ? pixel_vectors(pixels) : contrast_normalised(pixels);
}

Tensor FcTrainer::features(const Tensor& pixels) const {
  std::vector<Tensor> pieces;
  for (std::int64_t begin = 0; begin < pixels.size(0); begin += kPiece)
    pieces.push_back(network_.features(inputs(pixels.slice(0, begin, begin + kPiece))));
  return torch::cat(pieces);
}

double FcTrainer::error(const Images& images) const {
  const std::int64_t count = images.labels.size(0);
  std::int64_t right = 0;
  for (std::int64_t begin = 0; begin < count; begin += kPiece) {
    const Tensor answers =
        network_.evaluate(inputs(images.pixels.slice(0, begin, begin + kPiece))).argmax(1);
    right += answers.eq(images.labels.slice(0, begin, begin + kPiece)).sum().item<std::int64_t>();
  }
  return 100.0 * static_cast<double>(count - right) / static_cast<double>(count);
}

std::vector<Tensor> FcTrainer::snapshot() const {
  std::vector<Tensor> weights;
  for (const auto& [name, tensor] : network_.parameters())
    weights.push_back(tensor.detach().clone());
  return weights;
}

void FcTrainer::restore(const std::vector<Tensor>& weights) {
  const torch::NoGradGuard no_grad;
  std::size_t next = 0;
  for (const auto& [name, tensor] : network_.parameters()) {
    Tensor target = tensor;
    target.copy_(weights.at(next++));
  }
}

void FcTrainer::save() const {
  Checkpoint checkpoint;
  checkpoint.facts = {{"settings", deciding(settings_)},
                      {"epoch", epoch_},
                      {"best", best_},
                      {"curve", curve_},
                      {"seconds", seconds_}};
  checkpoint.tensors = {
      {"weights", snapshot()}, {"optimizer", optimizer_.save()}, {"best", best_weights_}};
  write_checkpoint(checkpoint, file_);
}

void FcTrainer::load(const Checkpoint& checkpoint) {
  if (checkpoint.facts.at("settings") != deciding(settings_)) {
    throw Error(file_.string(), "a run with other settings was begun here",
                "choose another --out, or remove the file to start from the beginning");
  }
  epoch_ = checkpoint.facts.at("epoch");
  best_ = checkpoint.facts.at("best");
  curve_ = checkpoint.facts.at("curve");
  seconds_ = checkpoint.facts.at("seconds");
  restore(checkpoint.tensors.at("weights"));
  optimizer_.load(checkpoint.tensors.at("optimizer"));
  best_weights_ = checkpoint.tensors.at("best");
}

}  // namespace lacuna::models
