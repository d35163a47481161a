// SPDX-License-Identifier: Apache-2.0
#include "sim/silicon/design.h"

#include <fmt/format.h>

#include <iterator>
#include <set>

#include "golden/error.h"

namespace lacuna::sim {

void SiliconDesign::set(const std::string& parameter, int value) {
  if (engine)
    throw Error("--set " + parameter, top + " takes its parameters from its configuration",
                "name one as TOP:CONFIGURATION");
  std::string known;
  for (auto& [each, current] : parameters) {
    if (each == parameter) {
      current = value;
      return;
    }
    known += (known.empty() ? "" : ", ") + each;
  }
  throw Error("--set " + parameter, top + " has no such parameter here", "it has " + known);
}

SiliconDesign find_design(const std::string& text) {
  const std::size_t colon = text.find(':');
  const std::string top = text.substr(0, colon);
  std::vector<SiliconDesign> all = part_designs();
  std::vector<SiliconDesign> engines = engine_designs();
  std::move(engines.begin(), engines.end(), std::back_inserter(all));
  std::set<std::string> tops;
  std::string names;
  for (SiliconDesign& design : all) {
    tops.insert(design.top);
    if (design.top != top) continue;
    if (colon == std::string::npos || text.substr(colon + 1) == design.name) return design;
    names += (names.empty() ? "" : ", ") + design.name;
  }
  if (names.empty()) {
    throw Error("top '" + top + "'", "is not known",
                fmt::format("choose one of {}", fmt::join(tops, ", ")));
  }
  throw Error("design '" + text + "'", "is not known", top + " has " + names);
}

}  // namespace lacuna::sim
