// SPDX-License-Identifier: Apache-2.0
// Stochastic networks beside each other: cycles and energy of an image (P6).
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "sim/energy/sc_energy.h"
#include "sim/network/sc_cosim.h"

namespace lacuna::sim {

struct ScEngineRun {
  std::string bundle;
  ScCosimResult result;
  EngineEnergy energy;
};

/// Runs the bundle in RTL. @throws CheckFailed at the first mismatch; Error for a
/// network of the folded engine, whose events are others.
ScEngineRun compare_sc(const std::string& name, const golden::Bundle& bundle,
                       const NetworkInput& input, std::uint64_t seed, const Technology& technology);

/// Rows of lacuna.compare/1, one a run; the first is the baseline of all.
nlohmann::ordered_json sc_compare_rows(const std::vector<ScEngineRun>& runs,
                                       const Technology& technology);

/// What a terminal shows, 80 columns.
std::string sc_compare_table(const std::vector<ScEngineRun>& runs);

}  // namespace lacuna::sim
