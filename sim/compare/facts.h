// SPDX-License-Identifier: Apache-2.0
// What stands beside cycles and energy in rows of lacuna.compare/1.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "golden/bundle.h"

namespace lacuna::sim {

/// Cycles by what the engine did in them or waited for, {reason: cycles}, of a lacuna.cosim/1. A
/// chain's are those of its busiest layer: the others wait for it.
nlohmann::ordered_json cycles_by_class(const nlohmann::ordered_json& cosim);

/// {"bundle", "unit", "accuracy": {set: score}}: the float network's scores when it was trained.
/// Empty scores for a network that does not say.
nlohmann::ordered_json accuracy_of(const std::string& name, const golden::Bundle& bundle);

}  // namespace lacuna::sim
