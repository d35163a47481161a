// SPDX-License-Identifier: Apache-2.0
#include "sim/regress/regression.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "golden/error.h"
#include "sim/fc/regression.h"
#include "sim/lstm/regression.h"
#include "sim/sc/regression.h"

namespace lacuna::sim {
namespace {

struct Engine {
  const char* name;
  RegressionFunction run;
};

constexpr std::array kEngines{Engine{"lstm", &run_lstm_case}, Engine{"fc", &run_fc_case},
                              Engine{"sc", &run_sc_case}};

}  // namespace

bool StalledCase::add(double stall, std::uint64_t vectors, std::uint64_t cycles, double seconds,
                      const std::string& failure) {
  outcome_.vectors += vectors;
  outcome_.cycles += cycles;
  outcome_.seconds += seconds;
  if (!failure.empty())
    outcome_.failure = fmt::format("{} (stalls {:.0f} %)", failure, 100 * stall);
  return failure.empty();
}

RegressionOutcome StalledCase::run(const std::function<void(StalledCase&)>& body) {
  try {
    body(*this);
  } catch (const std::exception& error) {
    outcome_.failure = error.what();
  }
  return outcome_;
}

std::vector<std::string> regression_engines() {
  std::vector<std::string> names;
  for (const Engine& engine : kEngines) names.emplace_back(engine.name);
  return names;
}

RegressionFunction regression_of(const std::string& name) {
  for (const Engine& engine : kEngines) {
    if (name == engine.name) return engine.run;
  }
  throw Error("--engine " + name, "is not known",
              fmt::format("take one of: {}", fmt::join(regression_engines(), ", ")));
}

std::string to_junit(const std::string& engine, const std::vector<RegressionOutcome>& outcomes) {
  const auto escape = [](const std::string& text) {
    std::string safe;
    for (const char c : text) {
      switch (c) {
        case '&':
          safe += "&amp;";
          break;
        case '<':
          safe += "&lt;";
          break;
        case '>':
          safe += "&gt;";
          break;
        case '"':
          safe += "&quot;";
          break;
        default:
          safe += c;
      }
    }
    return safe;
  };
  const auto failures = std::count_if(outcomes.begin(), outcomes.end(),
                                      [](const auto& outcome) { return !outcome.failure.empty(); });
  double seconds = 0;
  for (const auto& outcome : outcomes) seconds += outcome.seconds;
  std::string xml = fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n  <testsuite "
      "name=\"lacuna.regress\" tests=\"{}\" "
      "failures=\"{}\" time=\"{:.3f}\">\n",
      outcomes.size(), failures, seconds);
  for (const auto& outcome : outcomes) {
    xml += fmt::format("    <testcase classname=\"{}\" name=\"{}\" time=\"{:.3f}\"", escape(engine),
                       escape(outcome.name), outcome.seconds);
    xml += outcome.failure.empty()
               ? "/>\n"
               : fmt::format(">\n      <failure message=\"{}\"/>\n    </testcase>\n",
                             escape(outcome.failure));
  }
  return xml + "  </testsuite>\n</testsuites>\n";
}

}  // namespace lacuna::sim
