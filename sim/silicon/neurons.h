// SPDX-License-Identifier: Apache-2.0
// Area and energy of fully parallel networks, which are too large to be mapped and run as a whole:
// each part once, in gates, on what the network really feeds it, times how often it stands there
// (docs/silicon.md, "Fully parallel networks").
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "golden/bundle.h"
#include "sim/network/network_input.h"
#include "sim/silicon/silicon.h"

namespace lacuna::sim {

/// One kind of part.
struct NetworkPart {
  std::string name;  ///< module and what it serves, e.g. "lac_sc_neuron, layer sc0"
  std::uint64_t instances = 0, measured = 0;
  std::uint64_t cells = 0;  ///< of one
  double area = 0;          ///< of one, square micrometres
  double energy = 0;        ///< of one, an image; mean of those measured, joule
  double leakage = 0;       ///< of it: times the clock, joule hertz
  double longest_path = 0;  ///< seconds
  std::uint64_t compared = 0;
};

struct NetworkSilicon {
  std::string bundle, top, library, input;
  double voltage = 0, nanometre = 0;
  double hertz = 0;  ///< the given clock, or what the slowest part can
  std::uint64_t images = 0;
  double cycles_an_image = 0;
  std::vector<NetworkPart> parts;

  double area() const;
  double energy() const;  ///< an image
  std::uint64_t cells() const;
  double longest_path() const;
};

/// @param neurons of each layer that are run, spread evenly over it
/// @throws Error for networks of other kinds; CheckFailed where a gate's output is not golden's,
/// and for a part that does not meet the given clock.
NetworkSilicon measure_neurons(const std::string& name, const golden::Bundle& bundle,
                               const NetworkInput& input, int neurons, const Library& library,
                               const Technology& technology, const SiliconOptions& options);

nlohmann::ordered_json to_json(const NetworkSilicon& result);
/// Area and energy against the first network's.
std::string to_table(const std::vector<NetworkSilicon>& results);

}  // namespace lacuna::sim
