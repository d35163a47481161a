// SPDX-License-Identifier: Apache-2.0
#include "models/threshold_search.h"

#include <fmt/format.h>

namespace lacuna::models {

nlohmann::json search_threshold(Trainer& trainer, const Task& task, const Settings& settings) {
  constexpr int kFirstStride = 8, kHighest = 127;  // grid points
  const auto measure = [&] {
    trainer.collect_statistics();
    return task.evaluate(trainer.network(), Part::kValid, trainer.threshold(), trainer.precision());
  };
  const auto entry = [&](const Evaluation& valid, bool accepted) {
    nlohmann::json tried = to_json(valid);
    tried["threshold"] = trainer.threshold();
    tried["accepted"] = accepted;
    return tried;
  };

  const Evaluation unpruned = measure();
  nlohmann::json tried = nlohmann::json::array({entry(unpruned, true)});
  int accepted = trainer.threshold_index();
  std::vector<torch::Tensor> weights = trainer.snapshot();
  // A refused threshold halves the stride, so the search ends at the last grid point that is good
  // enough.
  for (int stride = kFirstStride; stride > 0;) {
    if (accepted + stride > kHighest) {
      stride /= 2;
      continue;
    }
    trainer.tune(accepted + stride, settings.tuning_steps);
    const Evaluation valid = measure();
    const bool good = valid.score <= unpruned.score + settings.allowed_loss;
    tried.push_back(entry(valid, good));
    fmt::print(stderr, "T {:.4f}: validation {:.4f} {}, sparsity {:.4f}: {}\n", trainer.threshold(),
               valid.score, task.unit(), valid.sparsity, good ? "accepted" : "refused");
    if (good) {
      accepted = trainer.threshold_index();
      weights = trainer.snapshot();
    } else {
      trainer.restore(weights);
      stride /= 2;
    }
  }
  trainer.restore(weights);
  trainer.set_threshold_index(accepted);
  trainer.collect_statistics();
  return tried;
}

}  // namespace lacuna::models
