// SPDX-License-Identifier: Apache-2.0
// Designs that `lacuna silicon` knows, each with a workload whose results golden knows.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "sim/energy/gate_events.h"
#include "sim/network/network_input.h"
#include "sim/silicon/gate_simulation.h"
#include "sim/silicon/synthesis.h"

namespace lacuna::sim {

/// What an engine shall run: a network and its input, or one drawn from the seed. Parts have
/// workloads of their own.
struct WorkloadRequest {
  std::optional<std::filesystem::path> network;
  InputRequest input;
  int drawn = 0;  ///< without a network: which of kDrawnWorkloads kinds
};

/// Sizes that differ, so that events of every kind prevail in one of them.
inline constexpr int kDrawnWorkloads = 6;

/// What a netlist ran.
struct GateRun {
  std::string workload;
  std::uint64_t vectors_compared = 0;
  std::string difference;  ///< the first from golden, as a line; empty when there is none
  GateEvents events{};     ///< of engines
};

struct SiliconDesign {
  std::string top, name;
  std::filesystem::path file_list;  ///< relative to rtl/
  Parameters parameters;
  bool engine = false;  ///< mapped module by module; its parameters belong to its configuration
  std::function<GateRun(GateSimulation&, const Parameters&, const WorkloadRequest&)> run;

  std::string full_name() const { return top + ":" + name; }
  /// @throws Error when the design has no such parameter, or is an engine.
  void set(const std::string& parameter, int value);
};

/// Parts: neurons, multipliers and processing elements (parts.cpp).
std::vector<SiliconDesign> part_designs();
/// Every configuration of every engine, the small ones first (engines.cpp).
std::vector<SiliconDesign> engine_designs();

/// By "top:name", or the first of "top". @throws Error listing what there is.
SiliconDesign find_design(const std::string& text);

}  // namespace lacuna::sim
