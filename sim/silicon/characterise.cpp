// SPDX-License-Identifier: Apache-2.0
#include "sim/silicon/characterise.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <limits>

#include "golden/error.h"

namespace lacuna::sim {

GateTableEntry fit(const std::vector<CharacterisedRun>& runs) {
  const auto count = static_cast<Eigen::Index>(runs.size());
  const auto events = static_cast<Eigen::Index>(runs.front().events.size());
  // Each row over its energy: the right side is 1 and residuals are relative.
  Eigen::MatrixXd relative(count, events);
  for (Eigen::Index run = 0; run < count; ++run) {
    const CharacterisedRun& of = runs[static_cast<std::size_t>(run)];
    for (Eigen::Index event = 0; event < events; ++event)
      relative(run, event) = of.events[static_cast<std::size_t>(event)].second / of.joule;
  }
  const Eigen::VectorXd ones = Eigen::VectorXd::Ones(count);
  Eigen::VectorXd best = Eigen::VectorXd::Zero(events);
  double least = std::numeric_limits<double>::infinity();
  for (int set = 1; set < 1 << events; ++set) {
    std::vector<Eigen::Index> chosen;
    for (Eigen::Index event = 0; event < events; ++event) {
      if ((set >> event & 1) != 0) chosen.push_back(event);
    }
    const Eigen::MatrixXd part = relative(Eigen::all, chosen);
    const Eigen::VectorXd found = part.completeOrthogonalDecomposition().solve(ones);
    const double squares = (part * found - ones).squaredNorm();
    if (found.minCoeff() < 0 || squares >= least) continue;
    least = squares;
    best.setZero();
    best(chosen) = found;
  }
  GateTableEntry entry;
  const Eigen::VectorXd errors = relative * best - ones;
  entry.errors.assign(errors.begin(), errors.end());
  for (Eigen::Index event = 0; event < events; ++event)
    entry.joule.emplace_back(runs.front().events[static_cast<std::size_t>(event)].first,
                             best(event));
  return entry;
}

GateTableEntry characterise(const SiliconDesign& design, const Library& library,
                            const Technology& technology, const SiliconOptions& options) {
  if (!design.engine)
    throw Error(design.full_name(), "is a part", "characterise engines: TOP:CONFIGURATION");
  const MappedDesign mapped(design, library, technology, options);
  std::vector<CharacterisedRun> runs;
  double hertz = 0;
  for (int drawn = 0; drawn < kDrawnWorkloads; ++drawn) {
    WorkloadRequest request;
    request.input.seed = options.workload.input.seed + static_cast<std::uint64_t>(drawn);
    request.drawn = drawn;
    const SiliconResult result = mapped.run(request);
    if (!result.run.difference.empty()) throw CheckFailed(result.run.difference);
    runs.push_back({result.run.events, result.energy.total()});
    hertz = result.hertz;
  }
  GateTableEntry entry = fit(runs);
  entry.top = design.top;
  entry.configuration = design.name;
  entry.seed = options.workload.input.seed;
  entry.hertz = hertz;
  return entry;
}

}  // namespace lacuna::sim
