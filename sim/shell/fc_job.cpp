// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "sim/fc/scoreboard.h"
#include "sim/shell/records.h"
#include "sim/shell/shell_job.h"

namespace lacuna::sim {
namespace {

std::uint32_t natural(std::size_t value) { return static_cast<std::uint32_t>(value); }

}  // namespace

ShellWork shell_work(const FcWorkload& workload, std::size_t layer) {
  const FcLayerWorkload& of = workload.layers[layer];
  const golden::FcEngine& engine = of.engine;
  ShellWork work;
  work.kind = ShellKind::kFc;
  work.record_bytes =
      record_bytes(std::max(engine.neurons() * engine.weight_bits, engine.out_lanes * 48));
  work.x_bits = engine.in_lanes * 8;
  work.y_bits = engine.out_lanes * 16;
  RecordWriter records(work.record_bytes);
  for (std::size_t group = 0; group < of.seeds.size(); ++group)
    records.put(LAC_SHELL_TARGET_FC_SEED, natural(group), 0, Beat{of.seeds[group]});
  for (const FcWeightWord& word : of.weights)
    records.put(LAC_SHELL_TARGET_FC_WEIGHT, word.group, word.address, word.data);
  for (std::size_t beat = 0; beat < of.parameters.size(); ++beat)
    records.put(LAC_SHELL_TARGET_FC_PARAM, 0, natural(beat), of.parameters[beat]);
  work.records = records.image();

  for (std::size_t at = 0; at < workload.runs.size(); ++at) {
    const FcImages& run = workload.runs[at];
    ShellJob job;
    job.settings.count = natural(run.images());
    job.settings.config = {of.settings.last_input, of.settings.last_beat, of.settings.threshold,
                           (of.settings.relu ? 1U << 8 : 0U) | of.settings.shift};
    job.x = run.x;
    if (!engine.skip) job.exact = {{kFcTaken, run.images() * natural(of.inputs)}};
    job.difference = [&workload, layer, at](const std::vector<Beat>& y) -> std::string {
      ActivationChecker checker(workload, layer);
      checker.begin(at);
      const std::size_t beats = workload.layers[layer].settings.last_beat + 1;
      for (std::size_t beat = 0; beat < y.size(); ++beat)
        checker.check(y[beat], beat % beats + 1 == beats);
      if (checker.mismatch()) return checker.mismatch()->str();
      return checker.complete() ? "" : "images are missing";
    };
    work.jobs.push_back(std::move(job));
  }
  return work;
}

}  // namespace lacuna::sim
