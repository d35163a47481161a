// SPDX-License-Identifier: Apache-2.0
#include "sim/network/fault_curve.h"

#include <fmt/format.h>

#include <memory>

#include "golden/accuracy.h"
#include "golden/error.h"
#include "golden/fc/fc_faults.h"
#include "sim/fc/platform.h"
#include "sim/network/fc_cosim.h"
#include "sim/network/sc_cosim.h"
#include "sim/report/table.h"
#include "sim/sc/platform.h"

namespace lacuna::sim {
namespace {

using golden::Faults;

double percent(double share_right) { return 100 * (1 - share_right); }

}  // namespace

class FaultedNetwork::Design {
 public:
  virtual ~Design() = default;
  virtual std::string engine() const = 0;
  virtual std::string top() const = 0;
  virtual int layers() const = 0;
  /// Per cent of the images whose label the answer is not.
  virtual double wrong(const std::vector<std::int8_t>& x, const std::vector<int>& labels,
                       const Faults& faults) const = 0;
  virtual FaultCheck check(const std::vector<std::int8_t>& x, const Faults& faults) const = 0;
};

class FaultedNetwork::Stochastic final : public Design {
 public:
  Stochastic(const golden::Bundle& bundle, std::uint64_t seed)
      : bundle_(bundle),
        seed_(seed),
        configuration_(sc_configuration_for(bundle)),
        network_(bundle, seed, configuration_.engine.layer_delay()) {
    if (configuration_.engine.folded()) {
      throw Error("bundle", "runs on " + configuration_.engine.top,
                  "faults are those of the fully parallel networks");
    }
  }

  std::string engine() const override { return "sc"; }
  std::string top() const override { return configuration_.engine.top; }
  int layers() const override { return static_cast<int>(network_.layers().size()); }

  double wrong(const std::vector<std::int8_t>& x, const std::vector<int>& labels,
               const Faults& faults) const override {
    const int images = static_cast<int>(labels.size());
    const int length = network_.layers().front()->length;
    std::vector<golden::ScImageFaults> each;
    for (const std::uint64_t out : golden::sc_cycles(configuration_.engine, length, images))
      each.emplace_back(faults, out - configuration_.engine.run_cycles(length));
    return percent(golden::accuracy(network_.run(x, images, each), labels));
  }

  FaultCheck check(const std::vector<std::int8_t>& x, const Faults& faults) const override {
    ScWorkload workload = make_workload(bundle_, configuration_.engine, seed_);
    workload.faults = faults;
    add_images(workload, network_, x);
    ScPlatformOptions options;
    options.seed = seed_;
    const ScRunResult result = run_platform(configuration_, workload, options);
    FaultCheck check;
    check.images = result.images_compared;
    check.values =
        result.bits_compared +
        result.images_compared * static_cast<std::uint64_t>(configuration_.engine.outputs);
    check.cycles = result.total();
    check.difference =
        result.mismatch ? result.mismatch->str() : cycle_difference(workload, result);
    return check;
  }

 private:
  const golden::Bundle& bundle_;
  std::uint64_t seed_;
  const ScConfiguration& configuration_;
  golden::ScNetwork network_;
};

class FaultedNetwork::BinaryRadix final : public Design {
 public:
  BinaryRadix(const golden::Bundle& bundle, std::uint64_t seed) : seed_(seed) {
    for (const golden::Layer& layer : bundle.layers) {
      layers_.push_back(std::get<golden::FcLayer>(layer));
      configurations_.push_back(fc_configuration_for(layers_.back(), FcKind::kParallel));
      engines_.push_back(configurations_.back().engine);
    }
  }

  std::string engine() const override { return "fc"; }
  std::string top() const override { return engines_.front().top; }
  int layers() const override { return static_cast<int>(layers_.size()); }

  double wrong(const std::vector<std::int8_t>& x, const std::vector<int>& labels,
               const Faults& faults) const override {
    const auto y = golden::run_with_faults(layers_, engines_, x, faults);
    return percent(golden::accuracy(y.back(), labels));
  }

  FaultCheck check(const std::vector<std::int8_t>& x, const Faults& faults) const override {
    FcWorkload workload = make_workload(layers_, engines_);
    workload.faults = faults;
    add_images(workload, layers_, x);
    FcPlatformOptions options;
    options.seed = seed_;
    const FcRunResult result = run_platform(configurations_, workload, options);
    FaultCheck check;
    check.images = result.layers.back().images_compared;
    for (std::size_t at = 0; at < layers_.size(); ++at)
      check.values +=
          result.layers[at].images_compared * static_cast<std::uint64_t>(layers_[at].outputs);
    check.cycles = result.total();
    check.difference =
        result.mismatch ? result.mismatch->str() : cycle_difference(workload, result);
    return check;
  }

 private:
  std::uint64_t seed_;
  std::vector<golden::FcLayer> layers_;
  std::vector<FcConfiguration> configurations_;
  std::vector<golden::FcEngine> engines_;
};

FaultedNetwork::FaultedNetwork(const golden::Bundle& bundle, std::uint64_t seed) {
  if (is_stochastic(bundle)) {
    design_ = std::make_unique<Stochastic>(bundle, seed);
  } else if (is_fully_connected(bundle)) {
    design_ = std::make_unique<BinaryRadix>(bundle, seed);
  } else {
    throw Error("bundle", "faults are those of stochastic and fully-connected networks");
  }
}

FaultedNetwork::~FaultedNetwork() = default;

std::string FaultedNetwork::engine() const { return design_->engine(); }
std::string FaultedNetwork::top() const { return design_->top(); }
int FaultedNetwork::layers() const { return design_->layers(); }
double FaultedNetwork::percent_wrong(const std::vector<std::int8_t>& x,
                                     const std::vector<int>& labels, const Faults& faults) const {
  return design_->wrong(x, labels, faults);
}
FaultCheck FaultedNetwork::check(const std::vector<std::int8_t>& x, const Faults& faults) const {
  return design_->check(x, faults);
}

FaultCurve fault_curve(const golden::Bundle& bundle, const std::vector<std::int8_t>& x,
                       const std::vector<int>& labels, const FaultRequest& request) {
  const FaultedNetwork network(bundle, request.seed);
  FaultCurve curve;
  curve.engine = network.engine();
  curve.top = network.top();
  curve.request = request;
  curve.images = static_cast<int>(labels.size());
  const std::size_t inputs = x.size() / labels.size();
  const std::vector<std::int8_t> few(
      x.begin(), x.begin() + static_cast<std::ptrdiff_t>(
                                 static_cast<std::size_t>(request.rtl_images) * inputs));
  const auto faults_at = [&](double rate) {
    return Faults(request.site, request.seed, rate, network.layers());
  };
  for (const double rate : request.rtl_rates) {
    FaultCheck check = network.check(few, faults_at(rate));
    check.rate = rate;
    curve.checks.push_back(std::move(check));
  }
  for (const double rate : request.rates)
    curve.points.push_back({rate, network.percent_wrong(x, labels, faults_at(rate))});
  return curve;
}

double FaultCurve::tolerated() const {
  double rate = 0;
  for (const FaultPoint& point : points) {
    if (point.wrong > points.front().wrong + 1) break;
    rate = point.rate;
  }
  return rate;
}

std::string name_of(golden::FaultSite site) {
  return site == golden::FaultSite::kSums ? "sums" : "bits";
}

golden::FaultSite fault_site(const std::string& name) {
  for (const auto site : {golden::FaultSite::kSums, golden::FaultSite::kBits}) {
    if (name == name_of(site)) return site;
  }
  throw Error("--site", "'" + name + "' is no place for faults", "choose sums or bits");
}

nlohmann::ordered_json to_json(const FaultCurve& curve) {
  nlohmann::ordered_json json{{"engine", curve.engine},
                              {"top", curve.top},
                              {"site", name_of(curve.request.site)},
                              {"seed", curve.request.seed},
                              {"images", curve.images}};
  json["points"] = nlohmann::ordered_json::array();
  for (const FaultPoint& point : curve.points)
    json["points"].push_back({{"rate", point.rate}, {"percent_wrong", point.wrong}});
  json["tolerated_rate"] = curve.tolerated();
  json["rtl"] = nlohmann::ordered_json::array();
  for (const FaultCheck& check : curve.checks) {
    json["rtl"].push_back({{"rate", check.rate},
                           {"images_compared", check.images},
                           {"values_compared", check.values},
                           {"cycles", check.cycles},
                           {"difference", check.difference}});
  }
  return json;
}

std::string to_table(const FaultCurve& curve) {
  Table errors({{"fault rate"}, {"% wrong"}});
  for (const FaultPoint& point : curve.points)
    errors.add_row({fmt::format("{:g}", point.rate), fmt::format("{:.2f}", point.wrong)});
  Table checks({{"fault rate"}, {"images"}, {"values equal to golden's"}, {"cycles"}});
  for (const FaultCheck& check : curve.checks) {
    checks.add_row({fmt::format("{:g}", check.rate), fmt::format("{}", check.images),
                    check.difference.empty() ? fmt::format("{}, all", check.values) : "NO",
                    fmt::format("{}", check.cycles)});
  }
  return fmt::format(
      "{}, bits of its {} wrong at a rate, seed {}.\n\nGolden, {} images:\n\n{}"
      "Up to a rate of {:g} the error is at most one point higher than without faults.\n\n"
      "RTL in wrappers that flip the same bits:\n\n{}",
      curve.top,
      curve.request.site == golden::FaultSite::kSums ? "neurons' sums" : "hidden layers' streams",
      curve.request.seed, curve.images, errors.str(), curve.tolerated(), checks.str());
}

}  // namespace lacuna::sim
