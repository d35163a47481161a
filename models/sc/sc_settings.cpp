// SPDX-License-Identifier: Apache-2.0
#include "models/sc/sc_settings.h"

#include <fmt/format.h>

#include "golden/pool.h"
#include "golden/sc/streams.h"

namespace lacuna::models {
namespace {

/// Calls visit(key, field) for every setting: the one list that reading and writing share.
template <typename S, typename Visit>
void for_each_setting(S& s, Visit&& visit) {
  visit("data", s.data);
  visit("pool", s.pool);
  visit("hidden", s.hidden);
  visit("bipolar", s.bipolar);
  visit("integral", s.integral);
  visit("length", s.length);
  visit("gains", s.gains);
  visit("batch", s.batch);
  visit("epochs", s.epochs);
  visit("learning_rate", s.learning_rate);
  visit("layer_delay", s.layer_delay);
  visit("threads", s.threads);
  visit("seed", s.seed);
  visit("paper_error", s.paper_error);
}

void validate(const ScSettings& s) {
  require_one_of(s.data, "data", {"mnist"});
  const auto require_upto = [](int value, int most, const char* key) {
    require(value >= 1 && value <= most, key, fmt::format("{} is outside 1..{}", value, most));
  };
  require_upto(s.pool, golden::kMaxPool, "pool");
  for (const int size : s.hidden) require_upto(size, golden::kMaxScSize, "hidden");
  require_upto(s.integral, golden::kMaxIntegral, "integral");
  require_upto(s.length, golden::kMaxStreamLength, "length");
  require(s.layer_delay >= 0 && s.layer_delay < golden::kStreamStates, "layer_delay",
          fmt::format("outside 0..{}", golden::kStreamStates - 1));
  require(s.gains.size() == s.hidden.size(), "gains",
          fmt::format("{} for {} hidden layers", s.gains.size(), s.hidden.size()));
  for (const double gain : s.gains) require(gain > 0 && gain < 1000, "gains", "outside 0..1000");
  require_count(s.batch, "batch");
  require_count(s.epochs, "epochs");
  require_count(s.threads, "threads");
  require(s.learning_rate > 0 && s.learning_rate < 1000, "learning_rate", "outside 0..1000");
  require(s.paper_error >= 0 && s.paper_error <= 100, "paper_error", "outside 0..100");
}

}  // namespace

ScSettings read_sc_settings(Experiment experiment) {
  require(experiment.network() == "sc", "network", "this is no experiment of a stochastic network");
  ScSettings settings;
  for_each_setting(settings, [&](const char* key, auto& field) { experiment.read(key, field); });
  experiment.refuse_unread();
  validate(settings);
  return settings;
}

nlohmann::json to_json(const ScSettings& settings) {
  nlohmann::json json;
  for_each_setting(settings, [&](const char* key, const auto& value) { json[key] = value; });
  return json;
}

}  // namespace lacuna::models
