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
  std::vector<LstmConfiguration> configurations;  ///< that skip, widest weights first
  CosimOptions cosim;                             ///< all but the configuration
};

/// Units of each LSTM layer that are zero in every stream and step of the data, in the bundle's
/// order of LSTM layers.
std::vector<std::vector<int>> dead_units(const golden::Bundle& bundle, const InputRequest& data);

/// One batch on one engine: with and without skipping.
struct Comparison {
  int batch = 0;
  golden::WeightFormat format = golden::WeightFormat::kInt8;  ///< of the engine
  CosimResult sparse, dense;
  std::size_t dead = 0;  ///< units cut from the baseline
  LstmEnergy sparse_energy, dense_energy;

  double speedup() const {
    return static_cast<double>(dense.cycles()) / static_cast<double>(sparse.cycles());
  }
  double energy_ratio() const { return dense_energy.total() / sparse_energy.total(); }
};

/// By batch, then by configuration. @throws CheckFailed at the first mismatch of either engine;
/// Error when something does not fit.
std::vector<Comparison> compare(const golden::Bundle& bundle, const CompareRequest& request,
                                const Technology& technology);

/// Rows of lacuna.compare/1, two a comparison: the baseline and the engine that skips.
nlohmann::ordered_json compare_rows(const std::string& bundle,
                                    const std::vector<Comparison>& comparisons,
                                    const Technology& technology);

/// Memory that each LSTM layer's weights take, as stored, against 12 bits a weight, and what its
/// scales and shifts take: `memory` of lacuna.compare/1.
nlohmann::ordered_json memory_rows(const std::string& name, const golden::Bundle& bundle);
std::string memory_table(const nlohmann::ordered_json& rows);

/// What a terminal shows: one table a batch, speed-ups over its first row.
std::string compare_table(const std::string& bundle, const std::vector<Comparison>& comparisons);

}  // namespace lacuna::sim
