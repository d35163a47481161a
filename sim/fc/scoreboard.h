// SPDX-License-Identifier: Apache-2.0
// Compares every activation of every image and layer with golden, in the order in which the engines
// must deliver them.
#pragma once

#include <optional>
#include <string>
#include <systemc>
#include <vector>

#include "sim/common/stall.h"
#include "sim/fc/ports.h"
#include "sim/fc/workload.h"

namespace lacuna::sim {

/// The first difference; `what` says of what, e.g. "y".
struct FcMismatch {
  std::string engine, what;
  std::size_t layer = 0, image = 0, output = 0;
  std::int64_t expected = 0, got = 0;

  /// One line: engine, image, output, expected, got.
  std::string str() const;
};

/// The comparison of one layer alone, without SystemC: the Icarus flow uses it too.
class ActivationChecker {
 public:
  /// Keeps a reference to the workload.
  ActivationChecker(const FcWorkload& workload, std::size_t layer)
      : workload_(workload), layer_(layer) {}

  /// Expects the images of a run from the first one on.
  void begin(std::size_t run);
  /// @return false at a difference
  bool check(const Beat& beat, bool last);
  bool complete() const;

  const std::optional<FcMismatch>& mismatch() const { return mismatch_; }
  std::size_t image() const { return image_; }      ///< that is being delivered
  std::uint64_t images() const { return images_; }  ///< compared in full, over all runs

 private:
  bool differ(const std::string& what, std::size_t output, std::int64_t expected, std::int64_t got);

  const FcWorkload& workload_;
  std::size_t layer_;
  const FcImages* run_ = nullptr;
  std::size_t image_ = 0, beat_ = 0;
  std::uint64_t images_ = 0;
  std::optional<FcMismatch> mismatch_;
};

/// Takes y of the last layer, stalling at random, and listens to the others.
class FcScoreboard : public sc_core::sc_module, public ActivationSink {
 public:
  FcScoreboard(const sc_core::sc_module_name& name, const FcWorkload& workload, double stall,
               std::uint64_t seed);

  void begin(std::size_t run);
  bool ready() override { return !stall_.now(); }
  void put(std::size_t layer, const Beat& data, bool last) override;

  const std::vector<ActivationChecker>& checkers() const { return checkers_; }  ///< one a layer
  const std::optional<FcMismatch>& mismatch() const { return mismatch_; }       ///< the first
  bool complete() const { return checkers_.back().complete(); }
  /// Beats of all layers so far.
  std::uint64_t taken() const { return taken_; }

 private:
  std::vector<ActivationChecker> checkers_;
  Stall stall_;
  std::uint64_t taken_ = 0;
  std::optional<FcMismatch> mismatch_;
};

}  // namespace lacuna::sim
