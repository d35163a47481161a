// SPDX-License-Identifier: Apache-2.0
#include "sim/lstm/bare_loop.h"

#include <chrono>
#include <cstring>

#include "golden/error.h"

namespace lacuna::sim {
namespace {

constexpr std::size_t kQueue = 4096;  // words on their way, a power of two
constexpr int kResetCycles = 4;

struct Word {
  std::size_t offset = 0;  // into the weights
  std::uint64_t due = 0;   // cycle in which it can be offered
};

}  // namespace

RunResult run_bare_loop(const LstmConfiguration& configuration, const LstmWorkload& workload,
                        std::uint64_t seed) {
  const auto model = configuration.make(seed);
  const LstmBeats beats(workload.engine);
  const auto word_bytes = static_cast<std::size_t>(workload.engine.word_bytes());
  const auto units = static_cast<int>(workload.settings.units);
  LstmInputs& in = model->in;
  const LstmOutputs& out = model->out;
  RunResult result;

  const auto clock = [&] {
    model->settle();
    model->edge();
    ++result.clocks;
  };
  in.settings = workload.settings;
  model->configure();
  for (int i = 0; i < kResetCycles; ++i) clock();
  in.rst_n = true;
  in.param_we = true;
  for (std::size_t unit = 0; unit < workload.parameters.size(); ++unit) {
    in.param_unit = static_cast<std::uint32_t>(unit);
    in.param = workload.parameters[unit];
    clock();
  }
  in.param_we = false;

  StateChecker checker(workload.engine);
  std::vector<Word> queue(kQueue);
  for (const LstmSequence& sequence : workload.sequences) {
    if (sequence.reset_after != 0) throw Error("bare loop", "plays no reset within a sequence");
    std::vector<Beat> x, initial, y;
    for (const auto& columns : sequence.x) beats.append_columns(columns, x);
    if (sequence.initial) initial = beats.initial(*sequence.initial, units);
    y.reserve(sequence.x.size() * beat_order(workload.engine, units).size());
    std::size_t next_x = 0, next_initial = 0, head = 0, tail = 0;
    std::uint64_t cycle = 0, last_due = 0;
    bool started = false;
    ClassCounts counts{};
    in.start = beats.start(sequence.lengths, sequence.initial.has_value());
    in.start_valid = in.cmd_ready = in.y_ready = true;
    if (!x.empty()) in.x = x[0];
    if (!initial.empty()) in.init = initial[0];

    const auto begun = std::chrono::steady_clock::now();
    for (;; ++cycle) {
      in.x_valid = next_x < x.size();
      in.init_valid = next_initial < initial.size();
      in.weight_valid = head < tail && queue[head % kQueue].due <= cycle;
      if (in.weight_valid)
        std::memcpy(in.weight.data(), workload.weights.data() + queue[head % kQueue].offset,
                    word_bytes);
      model->settle();
      if (in.start_valid && out.start_ready) {
        in.start_valid = false;
        started = true;
      } else if (started && !out.busy) {
        break;
      }
      if (out.busy) ++counts[out.cycle_class % kCycleClasses];
      if (in.x_valid && out.x_ready && ++next_x < x.size()) in.x = x[next_x];
      if (in.init_valid && out.init_ready && ++next_initial < initial.size())
        in.init = initial[next_initial];
      if (in.weight_valid && out.weight_ready) ++head;
      if (out.cmd_valid) {
        for (std::size_t word = 0; word < out.cmd_words; ++word) {
          last_due = std::max(cycle + static_cast<std::uint64_t>(workload.latency), last_due + 1);
          queue[tail++ % kQueue] = {out.cmd_address - kWeightBase + word * word_bytes, last_due};
        }
      }
      if (out.y_valid) y.push_back(out.y);
      model->edge();
      ++result.clocks;
    }
    model->edge();
    ++result.clocks;
    result.seconds +=
        std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();

    checker.begin(sequence, units);
    for (const Beat& beat : y) checker.check(beat);
    checker.end();
    result.each.push_back(counts);
    for (std::size_t at = 0; at < counts.size(); ++at) result.cycles[at] += counts[at];
  }
  result.vectors_compared = checker.vectors();
  result.mismatch = checker.mismatch();
  return result;
}

}  // namespace lacuna::sim
