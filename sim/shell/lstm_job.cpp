// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "sim/lstm/scoreboard.h"
#include "sim/shell/records.h"
#include "sim/shell/shell_job.h"

namespace lacuna::sim {
namespace {

ShellJob job_of(const LstmWorkload& workload, const LstmSequence& sequence) {
  const LstmBeats beats(workload.engine);
  const LstmSettings& of = workload.settings;
  ShellJob job;
  job.settings.weight_base = of.base;
  job.settings.count = static_cast<std::uint32_t>(sequence.x.size());
  const std::uint32_t use_init = sequence.initial ? 1 : 0;
  job.settings.config = {
      of.inputs << 16 | of.units, of.block_words << 16 | of.words, of.last_stride << 16 | of.stride,
      of.span,
      use_init << 31 | of.norm_shift << 24 | of.threshold << 16 | of.cell_frac << 8 | of.pre_shift};
  for (std::size_t stream = 0; stream < sequence.lengths.size(); ++stream) {
    if (stream % 2 == 0) job.settings.config.push_back(0);
    job.settings.config.back() |= static_cast<std::uint32_t>(sequence.lengths[stream])
                                  << (stream % 2 == 0 ? 0 : 16);
  }
  if (sequence.initial)
    job.x = beats.initial(*sequence.initial, static_cast<int>(workload.settings.units));
  for (const auto& columns : sequence.x) beats.append_columns(columns, job.x);
  job.exact = {{kMac, sequence.cycles.mac}, {kTurn, sequence.cycles.turn}};
  job.difference = [&workload, &sequence](const std::vector<Beat>& y) -> std::string {
    StateChecker checker(workload.engine);
    checker.begin(sequence, static_cast<int>(workload.settings.units));
    for (const Beat& beat : y) checker.check(beat);
    checker.end();
    return checker.mismatch() ? checker.mismatch()->str() : std::string();
  };
  return job;
}

}  // namespace

ShellWork shell_work(const LstmWorkload& workload) {
  const LstmBeats beats(workload.engine);
  ShellWork work;
  work.kind = ShellKind::kLstm;
  work.record_bytes = record_bytes(beats.parameter_bits());
  work.x_bits = std::max(beats.column_bits(), beats.initial_bits());
  work.y_bits = beats.state_bits();
  RecordWriter records(work.record_bytes);
  for (std::size_t unit = 0; unit < workload.parameters.size(); ++unit)
    records.put(LAC_SHELL_TARGET_LSTM_PARAM, 0, static_cast<std::uint32_t>(unit),
                workload.parameters[unit]);
  work.records = records.image();
  work.weights = workload.weights;
  for (const LstmSequence& sequence : workload.sequences)
    work.jobs.push_back(job_of(workload, sequence));
  return work;
}

}  // namespace lacuna::sim
