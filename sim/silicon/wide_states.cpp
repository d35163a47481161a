// SPDX-License-Identifier: Apache-2.0
#include "sim/silicon/wide_states.h"

#include <cmath>

#include "golden/error.h"
#include "golden/weight_format.h"

namespace lacuna::sim {
namespace {

int parameter(const SiliconResult& engine, const char* name) {
  for (const auto& [each, value] : engine.design.parameters) {
    if (each == name) return value;
  }
  throw Error(engine.design.full_name(), std::string("has no ") + name);
}

}  // namespace

std::vector<Boundary> with_wide_states(const SiliconResult& engine, const Library& library,
                                       const Technology& technology,
                                       const SiliconOptions& options) {
  std::vector<Boundary> made = engine.boundaries();
  if (!engine.design.engine || made.empty())
    throw Error(engine.design.full_name(), "has no processing elements to exchange",
                "name a configuration of the recurrent engine");
  const std::string format =
      golden::name_of(golden::weight_format_of_bits(parameter(engine, "WeightBits")));
  const int word_bits =
      std::max(1, static_cast<int>(std::ceil(std::log2(parameter(engine, "Depth")))));
  SiliconOptions same = options;
  same.hertz = engine.hertz;
  same.workload.network.reset();
  same.workload.input.file.reset();
  const auto element = [&](const std::string& name) {
    SiliconDesign design = find_design("lac_pe:" + name);
    design.set("BankAddr", word_bits + 1);
    SiliconResult result = measure(design, library, technology, same);
    if (!result.run.difference.empty()) throw CheckFailed(result.run.difference);
    return result.boundaries();
  };
  const auto narrow = element(format), wide = element(format + "_12");
  Boundary &sums = made[1], &whole = made[2];
  const Boundary before = sums;
  for (std::size_t at = 0; at < narrow.size(); ++at) {
    made[at].area *= wide[at].area / narrow[at].area;
    made[at].energy *= wide[at].energy / narrow[at].energy;
  }
  whole.area += sums.area - before.area;
  whole.energy += sums.energy - before.energy;
  return made;
}

}  // namespace lacuna::sim
