// SPDX-License-Identifier: Apache-2.0
// How a network's error grows with the rate at which bits of its registers are wrong, in golden on
// many images and in RTL, with the same flips, on a few (P6; docs/faults.md).
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "golden/bundle.h"
#include "golden/faults.h"

namespace lacuna::sim {

struct FaultRequest {
  golden::FaultSite site = golden::FaultSite::kSums;
  std::vector<double> rates;      ///< that golden runs all images at
  std::vector<double> rtl_rates;  ///< that RTL runs the first `rtl_images` at
  int rtl_images = 0;
  std::uint64_t seed = 1;  ///< of flips and of the streams
};

struct FaultPoint {
  double rate = 0;
  double wrong = 0;  ///< per cent of all images
};

/// RTL under faults against golden under the same.
struct FaultCheck {
  double rate = 0;
  std::uint64_t images = 0, values = 0;  ///< compared: sums, activations and bits between layers
  std::uint64_t cycles = 0;
  std::string difference;  ///< the first, as a line; empty when there is none
};

/// A network that can be wrong: golden and RTL, stochastic or binary-radix.
class FaultedNetwork {
 public:
  /// Keeps a reference. @throws Error when no configuration with faults can run the bundle
  FaultedNetwork(const golden::Bundle& bundle, std::uint64_t seed);
  ~FaultedNetwork();

  std::string engine() const;  ///< "sc" or "fc"
  std::string top() const;
  int layers() const;

  /// Of images that follow each other from the start of a run, the per cent whose label golden's
  /// answer is not. @param x index [image * inputs + input] @param labels one an image
  double percent_wrong(const std::vector<std::int8_t>& x, const std::vector<int>& labels,
                       const golden::Faults& faults) const;
  /// RTL against golden.
  FaultCheck check(const std::vector<std::int8_t>& x, const golden::Faults& faults) const;

 private:
  class Design;
  class Stochastic;
  class BinaryRadix;
  std::unique_ptr<Design> design_;
};

struct FaultCurve {
  std::string engine;  ///< "sc" or "fc"
  std::string top;
  FaultRequest request;
  int images = 0;
  std::vector<FaultPoint> points;
  std::vector<FaultCheck> checks;

  /// The highest rate of the points up to which no error is more than a point of per cent above the
  /// first's.
  double tolerated() const;
};

/// @param x      images, index [image * inputs + input]
/// @param labels one an image
/// @throws Error when no configuration with faults can run the bundle, or the site is none of it.
FaultCurve fault_curve(const golden::Bundle& bundle, const std::vector<std::int8_t>& x,
                       const std::vector<int>& labels, const FaultRequest& request);

/// "sums" or "bits", and back. @throws Error for another name.
std::string name_of(golden::FaultSite site);
golden::FaultSite fault_site(const std::string& name);

/// The fields of lacuna.faults/1 but bundle and schema.
nlohmann::ordered_json to_json(const FaultCurve& curve);

/// What a terminal shows, 80 columns.
std::string to_table(const FaultCurve& curve);

}  // namespace lacuna::sim
