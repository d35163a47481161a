// SPDX-License-Identifier: Apache-2.0
// Books what parts of an engine did and what that cost (docs/energy.md).
#pragma once

#include <string>
#include <vector>

#include "golden/weight_format.h"
#include "sim/energy/technology.h"

namespace lacuna::sim {

/// A part of the engine, what it did and what that cost.
struct EnergyPart {
  std::string part;
  double events = 0;
  double joule = 0;
};

/// By boundary: PE alone, PE with its sums, the engine with all its memories, and main memory,
/// which no engine energy includes. Dynamic energy of arithmetic and memories only: no clock tree,
/// registers, control or leakage.
struct EngineEnergy {
  std::vector<EnergyPart> parts;
  double pe = 0, pe_with_sums = 0, engine = 0, dram = 0;  ///< joule
  double total() const { return engine + dram; }
};

/// Energies of counted events; references must outlive it. @throws Error for a table that lacks
/// one.
class Account {
 public:
  Account(const Technology& technology, EngineEnergy& energy)
      : technology_(technology), energy_(energy) {}

  double multiply(double count, double bits_a, double bits_b) const;
  double add(double count, double bits) const;
  /// A memory of `bytes`, `bits` at once.
  double access(double count, double bits, double bytes) const;
  double dram(double bytes) const;
  /// Products of weights and 8-bit values. Ternary and binary weights select and negate, which the
  /// table counts as an addition of the value's width.
  double products(double count, golden::WeightFormat format) const;

  /// Adds to the part of this name.
  void book(const std::string& part, double events, double joule) const;

 private:
  const Technology& technology_;
  EngineEnergy& energy_;
};

}  // namespace lacuna::sim
