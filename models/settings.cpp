// SPDX-License-Identifier: Apache-2.0
#include "models/settings.h"

#include <fmt/format.h>

#include <filesystem>
#include <utility>

#include "golden/weight_format.h"

namespace lacuna::models {
namespace {

/// Calls visit(key, field) for every setting: the one list that reading and writing share.
template <typename S, typename Visit>
void for_each_setting(S& s, Visit&& visit) {
  visit("task", s.task);
  visit("data", s.data);
  visit("units", s.units);
  visit("embedding", s.embedding);
  visit("batch", s.batch);
  visit("sequence", s.sequence);
  visit("epochs", s.epochs);
  visit("optimizer", s.optimizer);
  visit("learning_rate", s.learning_rate);
  visit("schedule", s.schedule);
  visit("warmup", s.warmup);
  visit("clip", s.clip);
  visit("dropout", s.dropout);
  visit("initialisation", s.initialisation);
  visit("begin", s.begin);
  visit("evaluations", s.evaluations);
  visit("keep_best", s.keep_best);
  visit("threshold_rule", s.threshold_rule);
  visit("threshold", s.threshold);
  visit("target_sparsity", s.target_sparsity);
  visit("highest_threshold", s.highest_threshold);
  visit("ramp_begin", s.ramp_begin);
  visit("ramp_end", s.ramp_end);
  visit("freeze", s.freeze);
  visit("allowed_loss", s.allowed_loss);
  visit("tuning_steps", s.tuning_steps);
  visit("straight_through", s.straight_through);
  visit("coincidence", s.coincidence);
  visit("coincidence_batch", s.coincidence_batch);
  visit("weight_format", s.weight_format);
  visit("normalisation", s.normalisation);
  visit("sample_until", s.sample_until);
  visit("paper_sparsity", s.paper_sparsity);
  visit("precision", s.precision);
  visit("threads", s.threads);
  visit("seed", s.seed);
  visit("checkpoint_minutes", s.checkpoint_minutes);
}

void validate(const Settings& s) {
  require_one_of(s.task, "task", {"characters", "words", "pixels", "rows"});
  require_one_of(s.optimizer, "optimizer", {"adam", "sgd"});
  require_one_of(s.schedule, "schedule", {"constant", "linear", "plateau"});
  require_one_of(s.initialisation, "initialisation", {"orthogonal", "uniform", "chrono"});
  require_one_of(s.threshold_rule, "threshold_rule",
                 {"none", "fixed", "target_sparsity", "allowed_loss"});
  require_one_of(s.straight_through, "straight_through", {"plain", "attenuated"});
  const auto format = golden::weight_format_of(s.weight_format, "weight_format");
  require_one_of(s.normalisation, "normalisation", {"none", "shared", "per_step"});
  require(s.sample_until >= 0 && s.sample_until <= 1, "sample_until", "outside [0, 1]");
  require(s.normalisation != "none" || !golden::has_one_magnitude(format), "weight_format",
          fmt::format("{} weights need normalisation", s.weight_format));
  require(
      s.normalisation != "per_step" || (s.precision == "float32" && s.straight_through == "plain"),
      "normalisation", "per_step needs precision=float32 and straight_through=plain");
  require_one_of(s.precision, "precision", {"auto", "float32", "bfloat16"});
  const std::pair<const char*, int> positive[] = {{"units", s.units},
                                                  {"batch", s.batch},
                                                  {"sequence", s.sequence},
                                                  {"epochs", s.epochs},
                                                  {"threads", s.threads},
                                                  {"evaluations", s.evaluations},
                                                  {"tuning_steps", s.tuning_steps},
                                                  {"coincidence_batch", s.coincidence_batch}};
  for (const auto& [key, value] : positive) require_count(value, key);
  require(s.embedding >= 0 && s.embedding <= 65536, "embedding", "outside 0..65536");
  require(s.warmup >= 0, "warmup", "negative");
  require(s.learning_rate > 0 && s.learning_rate < 1000, "learning_rate", "outside 0..1000");
  require(s.clip >= 0, "clip", "negative");
  require(s.dropout >= 0 && s.dropout < 1, "dropout", "outside [0, 1)");
  require(s.threshold >= 0 && s.threshold < 1, "threshold", "outside [0, 1)");
  require(s.highest_threshold > 0 && s.highest_threshold < 0.99, "highest_threshold",
          "outside (0, 0.99)");
  require(s.target_sparsity > 0 && s.target_sparsity < 1, "target_sparsity", "outside (0, 1)");
  require(
      s.ramp_begin >= 0 && s.ramp_begin <= s.ramp_end && s.ramp_end <= s.freeze && s.freeze <= 1,
      "ramp_begin", "need 0 <= ramp_begin <= ramp_end <= freeze <= 1");
  require(s.paper_sparsity >= 0 && s.paper_sparsity < 1, "paper_sparsity", "outside [0, 1)");
  require(s.allowed_loss >= 0, "allowed_loss", "negative");
  require(s.coincidence >= 0, "coincidence", "negative");
}

}  // namespace

int sequence_length(const Settings& settings) {
  constexpr int kImageRows = 28;
  if (settings.task == "pixels") return kImageRows * kImageRows;
  return settings.task == "rows" ? kImageRows : settings.sequence;
}

Settings read_settings(const std::string& experiment, const std::vector<std::string>& overrides) {
  return read_settings(Experiment(experiment, overrides));
}

Settings read_settings(Experiment experiment) {
  require(experiment.network() == "lstm", "network",
          "this is no experiment of a recurrent network");
  Settings settings;
  for_each_setting(settings, [&](const char* key, auto& field) { experiment.read(key, field); });
  experiment.refuse_unread();
  validate(settings);
  return settings;
}

nlohmann::json to_json(const Settings& settings) {
  nlohmann::json json;
  for_each_setting(settings, [&](const char* key, const auto& value) { json[key] = value; });
  for (const char* key : {"data", "begin"}) {
    json[key] = std::filesystem::path(json[key].get<std::string>()).filename().string();
  }
  return json;
}

}  // namespace lacuna::models
