// SPDX-License-Identifier: Apache-2.0
// A network on engines of every weight format that holds its weights, with and without skipping of
// zero states. Without skipping the network lacks its dead units.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "sim/energy/lstm_energy.h"
#include "sim/network/cosim.h"

namespace lacuna::sim {

struct CompareRequest {
  InputRequest input;           ///< the streams' text or vectors
  std::vector<int> batches{8};  ///< one pair of rows each
  std::optional<std::filesystem::path>
      units_from;  ///< data on which dead units are found; the whole input file if not given
  std::vector<LstmConfiguration> configurations;  ///< widest weights first
  CosimOptions cosim;                             ///< all but the configuration
};

/// Units of each LSTM layer that are zero in every stream and step of the data, in the bundle's
/// order of LSTM layers.
std::vector<std::vector<int>> dead_units(const golden::Bundle& bundle, const InputRequest& data);

/// One engine on one batch.
struct EngineRun {
  int batch = 0;
  std::string engine;  ///< name of the configuration, that of its twin if it skips nothing
  golden::WeightFormat format = golden::WeightFormat::kInt8;  ///< of the engine
  bool skips = false;                                         ///< zero states
  std::size_t dead = 0;   ///< units cut; none where states are skipped
  std::size_t first = 0;  ///< index of the batch's first run, which others are held against
  std::size_t dense = 0;  ///< index of the same engine's run that skips nothing
  CosimResult result;
  EngineEnergy energy;
};

/// Runs by batch, then by configuration, each one's that skips nothing first.
using Comparison = std::vector<EngineRun>;

double speedup(const EngineRun& baseline, const EngineRun& run);
double energy_ratio(const EngineRun& baseline, const EngineRun& run);

/// A configuration that skips nothing gives one run, others two. @throws CheckFailed at the first
/// mismatch of any engine; Error when something does not fit.
Comparison compare(const golden::Bundle& bundle, const CompareRequest& request,
                   const Technology& technology);

/// Rows of lacuna.compare/1, one a run.
nlohmann::ordered_json compare_rows(const std::string& bundle, const Comparison& comparison,
                                    const Technology& technology);

/// Memory that each LSTM layer's weights take, as stored, against 12 bits a weight, and what its
/// scales and shifts take: `memory` of lacuna.compare/1.
nlohmann::ordered_json memory_rows(const std::string& name, const golden::Bundle& bundle);
std::string memory_table(const nlohmann::ordered_json& rows);

/// What a terminal shows: one table a batch, speed-ups over its first row.
std::string compare_table(const std::string& bundle, const Comparison& comparison);

}  // namespace lacuna::sim
