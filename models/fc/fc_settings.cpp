// SPDX-License-Identifier: Apache-2.0
#include "models/fc/fc_settings.h"

#include <fmt/format.h>

#include "golden/bundle.h"
#include "golden/pool.h"
#include "golden/weight_format.h"

namespace lacuna::models {
namespace {

/// Calls visit(key, field) for every setting: the one list that reading and writing share.
template <typename S, typename Visit>
void for_each_setting(S& s, Visit&& visit) {
  visit("data", s.data);
  visit("pool", s.pool);
  visit("convolutions", s.convolutions);
  visit("hidden", s.hidden);
  visit("sparsity", s.sparsity);
  visit("mask", s.mask);
  visit("groups", s.groups);
  visit("weight_format", s.weight_format);
  visit("sample_until", s.sample_until);
  visit("batch", s.batch);
  visit("epochs", s.epochs);
  visit("learning_rate", s.learning_rate);
  visit("threads", s.threads);
  visit("seed", s.seed);
  visit("paper_error", s.paper_error);
}

void validate(const FcSettings& s) {
  require_one_of(s.data, "data", {"mnist", "cifar10"});
  require(s.pool >= 1 && s.pool <= golden::kMaxPool, "pool",
          fmt::format("{} is outside 1..{}", s.pool, golden::kMaxPool));
  require(s.pool == 1 || s.data == "mnist", "pool", "is of images of one channel");
  const std::pair<const char*, const std::vector<int>&> sizes[] = {{"convolutions", s.convolutions},
                                                                   {"hidden", s.hidden}};
  for (const auto& [key, list] : sizes) {
    for (const int size : list) {
      require(size >= 1 && size <= golden::kMaxFcSize, key,
              fmt::format("{} is outside 1..{}", size, golden::kMaxFcSize));
    }
  }
  require(s.sparsity >= 0 && s.sparsity < 1, "sparsity", "outside [0, 1)");
  require_one_of(s.mask, "mask", {"all_states", "plain"});
  require(s.groups >= 0 && s.groups <= golden::kMaxFcSize, "groups",
          fmt::format("outside 0..{}", golden::kMaxFcSize));
  golden::weight_format_of(s.weight_format, "weight_format");
  require(s.sample_until >= 0 && s.sample_until <= 1, "sample_until", "outside [0, 1]");
  require_count(s.batch, "batch");
  require_count(s.epochs, "epochs");
  require_count(s.threads, "threads");
  // One image alone has no deviation to be normalised by.
  require(s.batch >= 2, "batch", "normalisation needs at least 2");
  require(s.learning_rate > 0 && s.learning_rate < 1000, "learning_rate", "outside 0..1000");
  require(s.paper_error >= 0 && s.paper_error <= 100, "paper_error", "outside 0..100");
}

}  // namespace

FcSettings read_fc_settings(Experiment experiment) {
  require(experiment.network() == "fc", "network",
          "this is no experiment of a fully-connected network");
  FcSettings settings;
  for_each_setting(settings, [&](const char* key, auto& field) { experiment.read(key, field); });
  experiment.refuse_unread();
  validate(settings);
  return settings;
}

nlohmann::json to_json(const FcSettings& settings) {
  nlohmann::json json;
  for_each_setting(settings, [&](const char* key, const auto& value) { json[key] = value; });
  return json;
}

}  // namespace lacuna::models
