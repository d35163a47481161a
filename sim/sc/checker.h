// SPDX-License-Identifier: Apache-2.0
// Compares every bit that passes between the layers in every cycle, and every sum, with golden;
// without SystemC, so that the Icarus flow uses it too.
#pragma once

#include <optional>
#include <string>

#include "sim/sc/workload.h"

namespace lacuna::sim {

/// The first difference; `what` is "stream 1", "stream 2" or "y".
struct ScMismatch {
  std::string engine, what;
  std::size_t image = 0, cycle = 0, neuron = 0;  ///< the cycle is that of the image's streams
  std::int64_t expected = 0, got = 0;

  /// One line: engine, image, cycle, neuron, expected, got.
  std::string str() const;
};

class ScChecker {
 public:
  /// Keeps a reference to the workload.
  explicit ScChecker(const ScWorkload& workload) : workload_(workload) {}

  /// Expects the images of a run from the first one on.
  void begin(std::size_t run);
  /// The sums of an image.
  void put(const Beat& sums);
  /// Bits of a hidden layer, 0 or 1, of the next cycle.
  void listen(std::size_t layer, const Beat& bits);

  /// Whether the run's last sums and the last bits of both hidden layers have come.
  bool complete() const;
  std::size_t image() const { return image_; }      ///< whose sums come next
  std::uint64_t images() const { return images_; }  ///< compared in full, over all runs
  std::uint64_t bits() const { return bits_; }      ///< compared between layers, over all runs
  const std::optional<ScMismatch>& mismatch() const { return mismatch_; }

 private:
  /// Where a hidden layer's stream is.
  struct Place {
    std::size_t image = 0, cycle = 0;
  };
  void differ(const std::string& what, Place place, std::size_t neuron, std::int64_t expected,
              std::int64_t got);

  const ScWorkload& workload_;
  const ScImages* run_ = nullptr;
  std::size_t image_ = 0;
  Place places_[2];
  std::uint64_t images_ = 0, bits_ = 0;
  std::optional<ScMismatch> mismatch_;
};

}  // namespace lacuna::sim
