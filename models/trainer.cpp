// SPDX-License-Identifier: Apache-2.0
#include "models/trainer.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <memory>

#include "golden/error.h"
#include "golden/progress.h"
#include "golden/weight_format.h"

namespace lacuna::models {
namespace {

using torch::Tensor;
using Clock = std::chrono::steady_clock;

constexpr double kRecent = 0.98;       // memory of the running mean of the loss, a step
constexpr double kNearTarget = 0.005;  // of the target sparsity, what counts as reached

double seconds_since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

Precision precision_of(const Settings& settings) {
  if (settings.precision == "auto") return fastest_precision();
  return settings.precision == "bfloat16" ? Precision::kBfloat16 : Precision::kFloat32;
}

/// Seeds Torch, then builds: the same seed gives the same network.
Network seeded_network(const Settings& settings, const Task& task) {
  torch::manual_seed(static_cast<std::uint64_t>(settings.seed));
  return {settings, task.inputs(), task.outputs(), task.symbols()};
}

/// Settings that decide what a run computes; the others may change when it is resumed.
nlohmann::json deciding(const Settings& settings) {
  nlohmann::json json = to_json(settings);
  for (const char* key : {"checkpoint_minutes", "paper_sparsity"}) json.erase(key);
  return json;
}

/// A checkpoint's settings; a key that did not exist yet when the run was begun had its default.
nlohmann::json settings_of(const Checkpoint& checkpoint) {
  nlohmann::json begun = deciding(Settings{});
  begun.update(checkpoint.facts.at("settings"));
  return begun;
}

/// Each unit's share of non-zero states, softly so that it has a gradient: |h| / (|h| + T), which
/// also pulls at states far above T, where a sigmoid around T is flat. [units]
Tensor soft_share(const Tensor& magnitude, float threshold) {
  return (magnitude / (magnitude + threshold)).flatten(0, 1).mean(0);
}

/// By how much a unit's column is needed more often when the unit's share of non-zero states rises:
/// the derivative of 1 - (1 - share)^streams, which any of `streams` independent streams needs.
/// [units]
Tensor column_slope(const Tensor& magnitude, float threshold, int streams) {
  const Tensor zero = magnitude.detach().lt(threshold).to(torch::kFloat).flatten(0, 1).mean(0);
  return streams * torch::pow(zero, streams - 1);
}

void copy(const std::vector<Tensor>& from, const std::vector<Tensor>& to) {
  const torch::NoGradGuard no_grad;
  for (std::size_t n = 0; n < to.size(); ++n) {
    Tensor target = to[n];
    target.copy_(from.at(n));
  }
}

}  // namespace

Trainer::Trainer(const Settings& settings, Task& task, std::filesystem::path checkpoint)
    : settings_(settings),
      task_(task),
      file_(std::move(checkpoint)),
      precision_(precision_of(settings)),
      network_(seeded_network(settings, task)),
      optimizer_(settings.optimizer, network_.parameters(), network_.rate_factors()) {
  total_ = task_.steps_per_epoch() * settings_.epochs;
  if (settings_.threshold_rule == "fixed") controller_.set_index(grid_index(settings_.threshold));
  if (const auto saved = read_checkpoint(file_)) {
    load(*saved);
  } else if (!settings_.begin.empty()) {
    begin_from(settings_.begin);
  }
}

void Trainer::begin_from(const std::filesystem::path& file) {
  if (file.extension() != ".pt") {
    begin_from(golden::read_float_network(file), file.string());
    return;
  }
  auto saved = read_checkpoint(file);
  if (!saved) throw Error(file.string(), "no such checkpoint", "name a run's checkpoint.pt");
  const auto same_shapes = [](const std::vector<Tensor>& a, const std::vector<Tensor>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const Tensor& x, const Tensor& y) { return x.sizes() == y.sizes(); });
  };
  // Of a run that keeps its best, the best: what it exports when it ends.
  const auto& best = saved->tensors["best"];
  const auto& weights = best.empty() ? saved->tensors["weights"] : best;
  const auto& statistics = saved->tensors["statistics"];
  if (!same_shapes(weights, snapshot()) || !same_shapes(statistics, network_.statistics())) {
    throw Error(file.string(), "weights of another shape than the experiment's network",
                "set units, embedding, normalisation and data as they were trained");
  }
  restore(weights);
  copy(statistics, network_.statistics());
  const std::string format = settings_of(*saved).at("weight_format");
  if (!golden::has_one_magnitude(golden::weight_format_of(format, file.string()))) {
    network_.make_masters();
  }
}

void Trainer::begin_from(const golden::FloatNetwork& weights, const std::string& where) {
  network_.assign(weights, where);
  if (settings_.threshold_rule == "target_sparsity") {
    controller_.set_index(grid_index(weights.lstm[0].threshold));
  }
  if (!network_.normalised()) return;
  // Twice, because collecting begins with what the layer saw before: the first time, nothing true.
  collect_statistics();
  collect_statistics();
  network_.normalise();
}

void Trainer::collect_statistics() {
  if (!network_.normalised()) return;
  network_.restart_collection();
  task_.collect(network_, threshold(), precision_);
}

double Trainer::learning_rate() const {
  double rate = settings_.learning_rate * rate_scale_;
  if (step_ < settings_.warmup) rate *= static_cast<double>(step_ + 1) / settings_.warmup;
  if (settings_.schedule == "linear") {
    rate *= 1.0 - share_done();
  }
  return rate;
}

double Trainer::share_done() const {
  return static_cast<double>(step_) / static_cast<double>(total_);
}

bool Trainer::pruning_by_target() const {
  return settings_.threshold_rule == "target_sparsity" && share_done() >= settings_.ramp_begin;
}

void Trainer::one_step(double rate) {
  // Dropout draws from a generator seeded by the step, so that a resumed run draws alike.
  torch::manual_seed(static_cast<std::uint64_t>(settings_.seed) * 1'000'003U +
                     static_cast<std::uint64_t>(step_));
  network_.sample_weights(share_done() < settings_.sample_until);
  const Step step = task_.train(network_, step_ % task_.steps_per_epoch(), threshold(), precision_);
  Tensor loss = step.loss;
  const double pressure = controller_.pressure(), coincidence = settings_.coincidence;
  if (threshold() > 0 && pressure + coincidence > 0) {
    const Tensor magnitude = step.states.abs();
    const Tensor slope = column_slope(magnitude, threshold(), settings_.coincidence_batch);
    loss = loss + ((pressure + coincidence * slope) * soft_share(magnitude, threshold())).mean();
  }
  loss.backward();
  optimizer_.step(rate, settings_.clip);
  network_.constrain();
  const double nats = step.loss.item<double>();
  if (!std::isfinite(nats)) {
    throw Error("training", fmt::format("the loss is not finite at step {}", step_),
                "use a smaller learning_rate or set clip");
  }
  recent_sum_ = kRecent * recent_sum_ + nats;
  recent_weight_ = kRecent * recent_weight_ + 1;
  if (pruning_by_target()) controller_.observe(step.states);
}

bool Trainer::train(std::int64_t step_limit) {
  const auto begin = Clock::now();
  const double before = seconds_;
  auto saved = begin;
  const std::int64_t per_epoch = task_.steps_per_epoch();
  const std::int64_t last = step_limit < total_ - step_ ? step_ + step_limit : total_;
  std::unique_ptr<Progress> progress;
  bool in_epoch = false;
  while (step_ < last) {
    if (!in_epoch) {
      const auto epoch = static_cast<int>(step_ / per_epoch);
      const std::vector<Tensor> carried = task_.carried();
      task_.begin_epoch(epoch);
      if (step_ % per_epoch != 0) task_.carry(carried);
      progress = std::make_unique<Progress>(
          fmt::format("epoch {}/{}", epoch + 1, settings_.epochs),
          static_cast<std::uint64_t>(per_epoch * task_.samples_per_step()), task_.sample_name(),
          static_cast<std::uint64_t>(step_ % per_epoch * task_.samples_per_step()));
      in_epoch = true;
    }
    one_step(learning_rate());
    if (pruning_by_target() && share_done() < settings_.freeze) {
      controller_.steer(ramped_sparsity(share_done(), settings_.ramp_begin, settings_.ramp_end,
                                        settings_.target_sparsity),
                        grid_index(settings_.highest_threshold));
    }
    ++step_;
    const std::int64_t within = step_ % per_epoch;
    progress->note(
        fmt::format("{:.4g} {}, T {:.4f}", task_.score(recent()), task_.score_unit(), threshold()));
    progress->advance(static_cast<std::uint64_t>(task_.samples_per_step()));
    seconds_ = before + seconds_since(begin);
    const std::int64_t piece = std::max<std::int64_t>(1, per_epoch / settings_.evaluations);
    const bool epoch_done = within == 0;
    if (epoch_done || (within % piece == 0 && within / piece < settings_.evaluations)) {
      validate_now();
    }
    if (epoch_done) {
      in_epoch = false;
      progress.reset();
    }
    if (epoch_done || seconds_since(saved) > 60 * settings_.checkpoint_minutes) {
      seconds_ = before + seconds_since(begin);
      save();
      saved = Clock::now();
    }
  }
  if (step_ < total_) {
    save();
    return false;
  }
  if (settings_.keep_best && !best_weights_.empty()) {
    restore(best_weights_);
    controller_.set_index(best_index_);
  }
  collect_statistics();
  return true;
}

void Trainer::validate_now() {
  collect_statistics();
  const Evaluation valid = task_.evaluate(network_, Part::kValid, threshold(), precision_);
  curve_.push_back(
      {{"step", step_},
       {"epoch", static_cast<double>(step_) / static_cast<double>(task_.steps_per_epoch())},
       {"train", task_.score(recent())},
       {"valid", valid.score},
       {"threshold", threshold()},
       {"sparsity", valid.sparsity},
       {"joint_sparsity", valid.joint_sparsity},
       {"silent_units", valid.silent_units},
       {"seconds", seconds_}});
  fmt::print(stderr,
             "step {}: validation {:.4f} {}, sparsity {:.4f}, joint {:.4f}, silent {}, T {:.4f}\n",
             step_, valid.score, task_.unit(), valid.sparsity, valid.joint_sparsity,
             valid.silent_units, threshold());
  // Less sparsity scores better: networks that are not there yet are not what is wanted.
  if (settings_.threshold_rule == "target_sparsity" &&
      (share_done() < settings_.ramp_end ||
       valid.sparsity < settings_.target_sparsity - kNearTarget)) {
    return;
  }
  if (valid.score < best_) {
    best_ = valid.score;
    best_index_ = threshold_index();
    if (settings_.keep_best) best_weights_ = snapshot();
  } else if (settings_.schedule == "plateau") {
    rate_scale_ /= 4;
  }
}

void Trainer::tune(int index, std::int64_t steps) {
  constexpr double kRateShare = 0.1;  // of the run's rate: the network is nearly where it should be
  controller_.set_index(index);
  task_.begin_epoch(0);
  for (std::int64_t n = 0; n < steps; ++n, ++step_) {
    if (step_ % task_.steps_per_epoch() == 0) task_.begin_epoch(0);
    one_step(settings_.learning_rate * rate_scale_ * kRateShare);
  }
}

std::vector<Tensor> Trainer::snapshot() const {
  std::vector<Tensor> weights;
  for (const auto& [name, tensor] : network_.parameters()) {
    weights.push_back(tensor.detach().clone());
  }
  return weights;
}

void Trainer::restore(const std::vector<Tensor>& weights) {
  std::vector<Tensor> targets;
  for (const auto& [name, tensor] : network_.parameters()) targets.push_back(tensor);
  copy(weights, targets);
}

void Trainer::save() const {
  Checkpoint checkpoint;
  checkpoint.facts = {{"settings", deciding(settings_)},
                      {"step", step_},
                      {"rate_scale", rate_scale_},
                      {"recent_sum", recent_sum_},
                      {"recent_weight", recent_weight_},
                      {"best_index", best_index_},
                      {"curve", curve_},
                      {"seconds", seconds_}};
  if (std::isfinite(best_)) checkpoint.facts["best"] = best_;
  checkpoint.tensors = {{"weights", snapshot()},
                        {"optimizer", optimizer_.save()},
                        {"threshold", {controller_.save()}},
                        {"statistics", network_.statistics()},
                        {"carried", task_.carried()},
                        {"best", best_weights_}};
  write_checkpoint(checkpoint, file_);
}

void Trainer::load(const Checkpoint& checkpoint) {
  if (settings_of(checkpoint) != deciding(settings_)) {
    throw Error(file_.string(), "a run with other settings was begun here",
                "choose another --out, or remove the file to start from the beginning");
  }
  step_ = checkpoint.facts.at("step");
  rate_scale_ = checkpoint.facts.at("rate_scale");
  recent_sum_ = checkpoint.facts.at("recent_sum");
  recent_weight_ = checkpoint.facts.at("recent_weight");
  best_index_ = checkpoint.facts.at("best_index");
  best_ = checkpoint.facts.value("best", std::numeric_limits<double>::infinity());
  curve_ = checkpoint.facts.at("curve");
  seconds_ = checkpoint.facts.at("seconds");
  restore(checkpoint.tensors.at("weights"));
  optimizer_.load(checkpoint.tensors.at("optimizer"));
  controller_.load(checkpoint.tensors.at("threshold").at(0));
  task_.carry(checkpoint.tensors.at("carried"));
  best_weights_ = checkpoint.tensors.at("best");
  if (network_.normalised()) copy(checkpoint.tensors.at("statistics"), network_.statistics());
}

}  // namespace lacuna::models
