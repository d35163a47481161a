// SPDX-License-Identifier: Apache-2.0
// The rule `allowed_loss`: the most sparsity whose validation loss stays within an allowed loss of
// the network without pruning.
#pragma once

#include <nlohmann/json.hpp>

#include "models/settings.h"
#include "models/task.h"
#include "models/trainer.h"

namespace lacuna::models {

/// Raises the threshold of a trained network step by step, with some training at each one, and
/// leaves `trainer` with the highest that is good enough and the weights trained for it.
/// Deterministic.
/// @return every threshold tried, with its validation figures and whether it was accepted
nlohmann::json search_threshold(Trainer& trainer, const Task& task, const Settings& settings);

}  // namespace lacuna::models
