// SPDX-License-Identifier: Apache-2.0
// The energy that gates would have taken, beside that of the published table, in rows of
// lacuna.compare/1. Main memory is not in it.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "sim/compare/compare.h"
#include "sim/compare/fc_compare.h"
#include "sim/compare/sc_compare.h"
#include "sim/energy/gate_table.h"

namespace lacuna::sim {

/// Adds energy_gates_joule, energy_gates_library and energy_gates_parts (by event) where every
/// engine of the run has been characterised.
void add_gates(nlohmann::ordered_json& row, const GateTable& table, const EngineRun& run);
void add_gates(nlohmann::ordered_json& row, const GateTable& table, const FcEngineRun& run);
void add_gates(nlohmann::ordered_json& row, const GateTable& table, const ScEngineRun& run);

/// What a terminal shows of them, 80 columns; empty when no row has any.
std::string gates_text(const nlohmann::ordered_json& rows);

}  // namespace lacuna::sim
