// SPDX-License-Identifier: Apache-2.0
// A fully-connected network without a mask, with it (P5), and with its missing connections skipped.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "sim/energy/fc_energy.h"
#include "sim/network/fc_cosim.h"

namespace lacuna::sim {

/// One kind of engine on the network.
struct FcEngineRun {
  FcKind kind = FcKind::kDense;
  FcCosimResult result;
  EngineEnergy energy;
};

/// Runs in the order dense, masked, skipping; kinds that have no configuration for the network are
/// left out. The dense engine stores a 0 for a missing connection, so binary weights take ternary
/// ones there. @throws CheckFailed at the first mismatch; Error when no kind fits.
std::vector<FcEngineRun> compare_fc(const golden::Bundle& bundle, const NetworkInput& input,
                                    const FcPlatformOptions& options, const Technology& technology);

/// Rows of lacuna.compare/1, one a run.
nlohmann::ordered_json fc_compare_rows(const std::string& bundle,
                                       const std::vector<FcEngineRun>& runs,
                                       const Technology& technology);

/// What a terminal shows: cycles and energy against the first row.
std::string fc_compare_table(const std::string& bundle, const std::vector<FcEngineRun>& runs);

}  // namespace lacuna::sim
