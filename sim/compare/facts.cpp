// SPDX-License-Identifier: Apache-2.0
#include "sim/compare/facts.h"

#include <algorithm>

namespace lacuna::sim {

using Json = nlohmann::ordered_json;

Json cycles_by_class(const Json& cosim) {
  const std::string prefix = "cycles_";
  const auto less_work = [](const Json& a, const Json& b) {
    return a.at("cycles_taken") < b.at("cycles_taken");
  };
  const bool chain = cosim.at("engine") == "fc";
  const Json& layers = chain ? cosim.at("layers") : Json::array();
  const Json& events =
      (chain ? *std::max_element(layers.begin(), layers.end(), less_work) : cosim).at("events");
  Json classes = Json::object();
  for (const auto& [name, count] : events.items()) {
    if (name.rfind(prefix, 0) == 0) classes[name.substr(prefix.size())] = count;
  }
  return classes;
}

Json accuracy_of(const std::string& name, const golden::Bundle& bundle) {
  Json accuracy = Json::object();
  std::string unit;
  // Facts are whatever a bundle brings: nothing is taken for granted.
  if (const auto training = bundle.facts.find("training");
      training != bundle.facts.end() && training->is_object()) {
    unit = training->contains("unit") && training->at("unit").is_string()
               ? training->at("unit").get<std::string>()
               : "";
    const auto figures = training->find("figures");
    if (figures != training->end() && figures->is_object()) {
      for (const auto& [set, figure] : figures->items()) {
        if (figure.is_object() && figure.contains("score") && figure.at("score").is_number())
          accuracy[set] = figure.at("score").get<double>();
      }
    }
  }
  return {{"bundle", name}, {"unit", unit}, {"accuracy", std::move(accuracy)}};
}

}  // namespace lacuna::sim
