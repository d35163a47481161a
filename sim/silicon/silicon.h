// SPDX-License-Identifier: Apache-2.0
// A design from RTL to area, timing and energy of its gates (docs/silicon.md).
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "sim/energy/gate_table.h"
#include "sim/silicon/design.h"
#include "sim/silicon/gate_energy.h"
#include "sim/silicon/sram.h"
#include "sim/silicon/timing.h"
#include "sim/silicon/wires.h"

namespace lacuna::sim {

struct SiliconOptions {
  double nanometre = 180;          ///< feature size of the library, for wires and memories
  std::size_t cells_up_to = 1024;  ///< bits; arrays beyond are SRAM
  std::optional<double> hertz;     ///< fmax if not given
  WorkloadRequest workload;
};

/// Memories of one kind in one module.
struct SiliconMemory {
  std::string module, name;
  bool sram = false;  ///< otherwise registers and gates, which the cells include
  std::size_t words = 0, width = 0, ports = 0;
  std::uint64_t instances = 0;
  double area = 0;  ///< of all instances, square micrometres
  MemoryActivity activity;
  double energy = 0;
};

/// What a figure includes, of designs with the recurrent engine's processing elements whose sums
/// are SRAM: sums of cells cannot be told from the rest. Leakage and the registers' clock are part
/// of each.
struct Boundary {
  const char* name = "";
  double area = 0, energy = 0;  ///< square micrometres, joule
};

struct SiliconResult {
  SiliconDesign design;
  std::string library;
  double voltage = 0, nanometre = 0, hertz = 0;
  std::vector<NetlistModule> modules;
  std::vector<SiliconMemory> memories;
  std::vector<std::pair<std::string, std::uint64_t>> cell_types;
  std::uint64_t cells = 0, flip_flops = 0;
  double cell_area = 0, memory_area = 0;
  Timing timing;
  GateRun run;
  std::uint64_t cycles = 0, toggles = 0;
  GateEnergy energy;
  /// Of parts: the same energy with every change between two settled cycles, by the cells' delays.
  std::optional<double> with_glitches;
  /// Of engines, if asked for: what with_wide_states() makes of the boundaries.
  std::vector<Boundary> wide_states;
  std::optional<double> fast;  ///< the characterised fast tier's energy of the same run, joule

  /// Fills `fast` where the table knows the engine, library and feature size.
  void compare_with(const GateTable& table);
  double area() const { return cell_area + memory_area; }
  double seconds() const { return static_cast<double>(cycles) / hertz; }
  /// Processing elements alone, with their sums, and of engines the whole; empty for designs
  /// without any.
  std::vector<Boundary> boundaries() const;
  /// OpenSTA's power over the workload's time, and the same memories.
  double vectorless() const {
    return timing.dynamic_energy * static_cast<double>(cycles) + timing.leakage * seconds() +
           energy.memories;
  }
};

/// A design's gates, mapped and timed, for any number of runs. Keeps references to the library and
/// the technology.
class MappedDesign {
 public:
  /// @throws Error for a library or design that the tools refuse; CheckFailed when the netlist does
  /// not meet the clock.
  MappedDesign(const SiliconDesign& design, const Library& library, const Technology& technology,
               const SiliconOptions& options);

  /// A difference from golden is in the result.
  SiliconResult run(const WorkloadRequest& workload) const;

 private:
  SiliconDesign design_;
  const Library& library_;
  WireModel wires_;
  SramModel sram_;
  Synthesis synthesis_;
  std::vector<std::vector<GateDelay>> delays_;  ///< of parts
  SiliconResult mapped_;                        ///< all but what a run adds
};

/// One run.
SiliconResult measure(const SiliconDesign& design, const Library& library,
                      const Technology& technology, const SiliconOptions& options);

/// The fields of lacuna.silicon/1 but schema and provenance.
nlohmann::ordered_json to_json(const SiliconResult& result);

/// Area and energy against another design's, of each boundary too, and the speed that this one
/// would have at the other's area, if both ran the same work: as often as it fits into it, or, of
/// recurrent engines, with as many more processing elements as fit.
nlohmann::ordered_json relative_json(const SiliconResult& result, const SiliconResult& first);

/// What a terminal shows, 80 columns: the designs side by side; of a single one modules and
/// memories too.
std::string to_table(const std::vector<SiliconResult>& results);

}  // namespace lacuna::sim
