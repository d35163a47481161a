// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "sim/shell/records.h"
#include "sim/shell/shell_job.h"

namespace lacuna::sim {
namespace {

std::string difference(const ScImages& run, const std::vector<Beat>& y) {
  if (y.size() != run.expected.size())
    return fmt::format("{} images expected, got {}", run.expected.size(), y.size());
  for (std::size_t image = 0; image < y.size(); ++image) {
    const auto& sums = run.expected[image].sums;
    for (std::size_t output = 0; output < sums.size(); ++output) {
      const auto got = static_cast<std::int32_t>(y[image][output]);
      if (got != sums[output])
        return fmt::format("image {}, output {}: y expected {}, got {}", image, output,
                           sums[output], got);
    }
  }
  return {};
}

}  // namespace

ShellWork shell_work(const ScWorkload& workload) {
  const golden::ScEngine& engine = workload.engine;
  ShellWork work;
  work.kind = ShellKind::kSc;
  work.record_bytes = record_bytes(engine.write_lanes * golden::kStreamBits);
  work.x_bits = engine.in_lanes * 8;
  work.y_bits = engine.outputs * 32;
  RecordWriter records(work.record_bytes);
  for (const ScSeed& seed : workload.seeds)
    records.put(LAC_SHELL_TARGET_SC_SEED + seed.set, 0, seed.index, Beat{seed.state});
  for (const ScCodeWord& word : workload.codes)
    records.put(LAC_SHELL_TARGET_SC_CODE + word.layer, word.bank, word.input, word.codes);
  work.records = records.image();

  for (const ScImages& run : workload.runs) {
    ShellJob job;
    job.settings.count = static_cast<std::uint32_t>(run.expected.size());
    job.settings.config = {workload.settings.last, workload.settings.states1,
                           workload.settings.states2};
    job.x = run.x;
    job.exact = {{kScRuns, run.expected.size() * engine.run_cycles(workload.length)}};
    job.difference = [&run](const std::vector<Beat>& y) { return difference(run, y); };
    work.jobs.push_back(std::move(job));
  }
  return work;
}

}  // namespace lacuna::sim
