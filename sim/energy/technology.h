// SPDX-License-Identifier: Apache-2.0
// A technology table: what one event costs, and who says so (sim/technology/*.toml).
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace lacuna::sim {

struct TechnologyEntry {
  std::string name;
  double picojoule = 0;
  std::string unit, node, tag, source;
  double voltage = 0;
};

struct Technology {
  std::string name;
  std::vector<TechnologyEntry> entries;

  /// Picojoules of the entry. @throws Error if the table has none of this name.
  double energy(const std::string& entry) const;
  /// Picojoules a bit of a memory of `bytes`.
  double memory_bit(double bytes) const;
};

/// @throws Error naming file and entry for a table that lacks something or has a negative energy.
Technology read_technology(const std::filesystem::path& file);

/// sim/technology/45nm.toml.
std::filesystem::path default_technology();

}  // namespace lacuna::sim
