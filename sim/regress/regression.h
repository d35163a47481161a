// SPDX-License-Identifier: Apache-2.0
// Random regression of every engine: each draws its cases from a seed, runs them with stalls and
// resets, and says how it went.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
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

/// A case that runs at every stall until one fails; whatever is thrown is a failure.
class StalledCase {
 public:
  static constexpr std::array<double, 4> kStalls{0, 0.25, 0.5, 0.75};

  explicit StalledCase(std::string name) { outcome_.name = std::move(name); }

  /// Adds the run at one stall. @param failure empty if it passed @return whether to go on
  bool add(double stall, std::uint64_t vectors, std::uint64_t cycles, double seconds,
           const std::string& failure);

  /// @param body draws the case and adds its runs
  RegressionOutcome run(const std::function<void(StalledCase&)>& body);

 private:
  RegressionOutcome outcome_;
};

/// Names of the engines that have a regression.
std::vector<std::string> regression_engines();

using RegressionFunction = RegressionOutcome (*)(std::uint64_t seed, int index);

/// What runs one case of the engine. @throws Error listing the names for an unknown one.
RegressionFunction regression_of(const std::string& engine);

/// JUnit's XML, one test case an outcome, with the engine as its class.
std::string to_junit(const std::string& engine, const std::vector<RegressionOutcome>& outcomes);

}  // namespace lacuna::sim
