// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace lacuna::models {

/// What a run of a network is for. Weights are drawn and the training's statistics used and
/// updated in training; else weights are deterministic and the statistics those of evaluation,
/// which kCollect updates.
enum class RunMode { kTrain, kCollect, kEvaluate };

}  // namespace lacuna::models
