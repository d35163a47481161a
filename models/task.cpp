// SPDX-License-Identifier: Apache-2.0
#include "models/task.h"

#include "models/image_task.h"
#include "models/text_task.h"

namespace lacuna::models {

nlohmann::json to_json(const Evaluation& evaluation) {
  nlohmann::json json{{"score", evaluation.score},
                      {"sparsity", evaluation.sparsity},
                      {"joint_sparsity", evaluation.joint_sparsity},
                      {"silent_units", evaluation.silent_units},
                      {"predictions", evaluation.predictions}};
  for (const auto& [batch, share] : evaluation.joint_by_batch) {
    json["joint_sparsity_by_batch"][std::to_string(batch)] = share;
  }
  return json;
}

void SparsityCount::add(const torch::Tensor& pruned) {
  const std::int64_t steps = pruned.size(0), batch = pruned.size(1), units = pruned.size(2);
  const torch::Tensor nonzero = pruned.detach().ne(0);
  zeros_ += static_cast<double>(nonzero.numel() - nonzero.sum().item<std::int64_t>());
  states_ += static_cast<double>(nonzero.numel());
  const torch::Tensor active = nonzero.view({steps * batch, units}).any(0);
  active_ = active_.defined() ? active_.logical_or(active) : active;
  const std::int64_t groups = batch / joint_batch_;
  if (groups == 0) return;
  const torch::Tensor joint = nonzero.slice(1, 0, groups * joint_batch_)
                                  .reshape({steps, groups, joint_batch_, units})
                                  .any(2);
  joint_zeros_ += static_cast<double>(joint.numel() - joint.sum().item<std::int64_t>());
  joint_states_ += static_cast<double>(joint.numel());
}

void SparsityCount::finish(Evaluation& evaluation) const {
  evaluation.sparsity = states_ > 0 ? zeros_ / states_ : 0;
  evaluation.joint_sparsity = joint_states_ > 0 ? joint_zeros_ / joint_states_ : 0;
  evaluation.silent_units = static_cast<int>(active_.numel() - active_.sum().item<std::int64_t>());
}

Evaluation from_golden(const golden::Evaluation& measured, double score) {
  constexpr int kEngineBatch = 8;
  const golden::StateStatistics& states = measured.layers.at(0).states;
  Evaluation evaluation{score, states.sparsity(), states.joint_sparsity(kEngineBatch),
                        static_cast<int>(states.dead_units().size()),
                        static_cast<std::int64_t>(measured.predictions)};
  for (const int batch : golden::StateStatistics::kGroups) {
    evaluation.joint_by_batch.emplace_back(batch, states.joint_sparsity(batch));
  }
  return evaluation;
}

std::unique_ptr<Task> make_task(const Settings& settings, const std::filesystem::path& data) {
  if (settings.task == "characters" || settings.task == "words") {
    return std::make_unique<TextTask>(settings, data);
  }
  return std::make_unique<ImageTask>(settings, data);
}

}  // namespace lacuna::models
