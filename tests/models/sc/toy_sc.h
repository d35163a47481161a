// SPDX-License-Identifier: Apache-2.0
// A stochastic experiment small enough for tests.
#pragma once

#include <string>
#include <vector>

#include "models/sc/sc_settings.h"

namespace lacuna::models {

inline ScSettings toy_sc_settings(const std::vector<std::string>& more = {}) {
  std::vector<std::string> overrides = {"hidden=[30, 20]", "gains=[0.5, 1.5]", "batch=20",
                                        "epochs=5", "learning_rate=0.01"};
  overrides.insert(overrides.end(), more.begin(), more.end());
  return read_sc_settings(Experiment("mnist-sc", overrides));
}

}  // namespace lacuna::models
