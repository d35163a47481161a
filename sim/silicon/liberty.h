// SPDX-License-Identifier: Apache-2.0
// A standard-cell library: what synthesis, gate simulation and energy need of a Liberty file, in SI
// units (areas in the file's, which are square micrometres).
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "sim/silicon/boolean_function.h"

namespace lacuna::sim {

/// A lookup table over output load and input transition, either of which may be missing.
struct LibertyTable {
  std::vector<double> load, transition;  ///< farad, second
  std::vector<double> values;            ///< index [load][transition]

  /// Between the points linear, beyond them the value of the end.
  double at(double load_farad, double transition_second) const;
};

/// internal_power of a pin, joule. An edge without a table costs nothing.
struct LibertyEnergy {
  std::vector<LibertyTable> rise, fall;  ///< one each for every input that may cause it

  /// Of one toggle: mean of the causes, and of rise and fall.
  double toggle(double load_farad, double transition_second) const;
};

struct LibertyPin {
  std::string name;
  bool output = false;
  double capacitance = 0;      ///< farad
  double max_capacitance = 0;  ///< farad that an output may drive; 0: the file does not say
  LibertyEnergy energy;
  TruthTable function = 0;  ///< of an output: over the cell's inputs, or over a flip-flop's state
};

enum class CellKind {
  kGate,
  kFlipFlop,  ///< rising edge, without set and clear
  kOther      ///< that this flow cannot use: latches, three-state drivers
};

struct LibertyCell {
  std::string name;
  CellKind kind = CellKind::kOther;
  double area = 0;
  double leakage = 0;                ///< watt
  std::vector<LibertyPin> pins;      ///< in the file's order
  std::vector<std::size_t> inputs;   ///< pins, in the order of the tables' bits; no clock
  std::vector<std::size_t> outputs;  ///< pins
  std::size_t clock = 0;             ///< pin, of a flip-flop
  TruthTable next_state = 0;         ///< of a flip-flop, over its inputs
};

struct Library {
  std::filesystem::path file;
  std::string name;
  double voltage = 0;
  std::vector<LibertyCell> cells;

  /// @throws Error when the library has no such cell.
  const LibertyCell& cell(const std::string& type) const;
  /// The smallest cell that passes its only input on; nullptr when there is none.
  const LibertyCell* buffer() const;
  /// The one that may drive most; nullptr when none says how much.
  const LibertyCell* strongest_buffer() const;
};

/// @throws Error naming file and cell for a file that is no Liberty, is cut off, lacks units,
/// voltage or areas, or has no flip-flop, inverter or gate of two inputs to map a design onto.
Library read_library(const std::filesystem::path& file);

/// OSU018 of Debian's qflow-tech-osu018.
std::filesystem::path default_library();

}  // namespace lacuna::sim
