// SPDX-License-Identifier: Apache-2.0
#include "sim/common/fault_injection.h"

#include <regex>
#include <string>

namespace lacuna::sim {
namespace {

// Verilator's calls name no instance of a model, so the model says beforehand whose edge it is.
thread_local FaultClock now;

constexpr int kLayer = 1 << 16;  // a unit is layer * kLayer + neuron

/// The number that follows `word` in a name like engine.layer2.g_output[15].neuron, or 0.
int number_after(const std::string& word, const std::string& scope) {
  std::smatch found;
  return std::regex_search(scope, found, std::regex(word + "\\D{0,7}(\\d+)")) ? std::stoi(found[1])
                                                                              : 0;
}

}  // namespace

void announce(const FaultClock& clock) { now = clock; }

Error no_wrappers(const std::string& configuration) {
  return {"configuration '" + configuration + "'", "is built without faults",
          "add \"Faults\": 1 to its entry in configurations.json"};
}

}  // namespace lacuna::sim

// Imported by the wrappers.

/// A number for the instance of that scope: layers are named with a number from 1 where a design
/// has several, neurons lie in g_output.
extern "C" int lacuna_fault_unit(const char* scope) {
  using lacuna::sim::number_after;
  const int layer = number_after("(?:layer|nstanh)", scope);
  return (layer == 0 ? 0 : layer - 1) * lacuna::sim::kLayer + number_after("g_output", scope);
}

/// Flipped ones of `bits` bits of the unit's port, from bit 64 `word` on, in the coming cycle.
extern "C" long long lacuna_fault_flips(int site, int unit, int word, int bits) {
  using namespace lacuna::sim;
  if (now.faults == nullptr || static_cast<int>(now.faults->site()) != site) return 0;
  const int layer = now.layer + unit / kLayer, place = unit % kLayer + word;
  return static_cast<long long>(now.faults->flips(layer, place, now.cycle + 1, bits));
}
