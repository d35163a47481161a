// SPDX-License-Identifier: Apache-2.0
// Random regression of every engine: each draws its cases from a seed, runs them with stalls and
// resets, and says how it went.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace lacuna::sim {

/// How a drawn case went; an empty `failure` is a pass. The name holds all that it takes to run the
/// case again.
struct RegressionOutcome {
  std::string name, failure;
  std::uint64_t vectors = 0;  ///< compared with golden
  std::uint64_t cycles = 0;
  double seconds = 0;
};

/// Names of the engines that have a regression.
std::vector<std::string> regression_engines();

using RegressionFunction = RegressionOutcome (*)(std::uint64_t seed, int index);

/// What runs one case of the engine. @throws Error listing the names for an unknown one.
RegressionFunction regression_of(const std::string& engine);

/// JUnit's XML, one test case an outcome, with the engine as its class.
std::string to_junit(const std::string& engine, const std::vector<RegressionOutcome>& outcomes);

}  // namespace lacuna::sim
