// SPDX-License-Identifier: Apache-2.0
// The fast tier, characterised: what events of whole engines cost, fitted to runs of their gates
// (sim/technology/osu018.toml; docs/energy.md). An entry holds for one configuration.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "sim/energy/gate_events.h"

namespace lacuna::sim {

struct GateTableEntry {
  std::string top, configuration;
  std::uint64_t seed = 0;      ///< of the first workload that it was fitted to; the others follow
  double hertz = 0;            ///< the clock: leakage is part of the energies
  std::vector<double> errors;  ///< this tier's energy of each workload / its gates' - 1
  GateEvents joule;            ///< of one event each

  double largest_error() const;

  /// Joule of so many events. @throws Error for an event without energy.
  double energy(const GateEvents& events) const;
};

struct GateTable {
  std::string library;
  double voltage = 0, nanometre = 0;
  std::vector<GateTableEntry> entries;

  /// Nothing when the configuration has not been characterised.
  const GateTableEntry* find(const std::string& top, const std::string& configuration) const;
  /// Replaces the entry of the same configuration.
  void put(GateTableEntry entry);
};

/// @throws Error naming file and entry for a table that lacks something.
GateTable read_gate_table(const std::filesystem::path& file);

/// The file's text.
std::string to_toml(const GateTable& table);

/// sim/technology/osu018.toml.
std::filesystem::path default_gate_table();

}  // namespace lacuna::sim
