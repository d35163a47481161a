// SPDX-License-Identifier: Apache-2.0
// Simulation speed at the reference setting: SystemC platform, bare Verilated loop and Icarus on
// one design and stimulus. The two fast ones alternate, and the best of each counts, so that other
// work on the machine does not decide the ratio.
#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "sim/lstm/bare_loop.h"
#include "sim/lstm/icarus.h"
#include "sim/lstm/platform.h"
#include "sim/lstm/regression.h"
#include "sim/report/table.h"

namespace {

using namespace lacuna::sim;

constexpr int kUnits = 240, kInputs = 50, kSteps = 30, kIcarusSteps = 2, kRounds = 7;

LstmWorkload make_stimulus(int steps) {
  LstmCase which;
  which.seed = 1;
  which.units = kUnits;
  which.inputs = kInputs;
  auto layer = draw_layer(which);
  layer.input = lacuna::golden::InputKind::kDense;
  LstmWorkload workload = make_workload(layer, lstm_configuration("reference").engine, 1);
  SequenceInput input;
  input.lengths.assign(8, steps);
  lacuna::golden::Random random(2);
  for (int step = 0; step < steps; ++step) {
    auto& vector = input.dense.emplace_back();
    for (int value = 0; value < 8 * kInputs; ++value)
      vector.push_back(static_cast<std::int8_t>(random.integer(-128, 127)));
  }
  add_sequence(workload, layer, input);
  return workload;
}

double nanoseconds(const RunResult& run) {
  return run.seconds / static_cast<double>(run.clocks) * 1e9;
}

}  // namespace

int main() {
  const LstmConfiguration& reference = lstm_configuration("reference");
  const LstmWorkload workload = make_stimulus(kSteps);
  double bare = std::numeric_limits<double>::max(), platform = bare;
  for (int round = 0; round < kRounds; ++round) {
    bare = std::min(bare, nanoseconds(run_bare_loop(reference, workload, 1)));
    platform = std::min(platform, nanoseconds(run_platform(reference, workload, {})));
  }
  const double icarus = nanoseconds(run_icarus(reference, make_stimulus(kIcarusSteps), {}));

  Table table(
      {{"24 lanes x batch 8", Align::kLeft}, {"ns a cycle"}, {"kilocycles/s"}, {"SystemC / this"}});
  const auto row = [&](const char* name, double cost) {
    table.add_row({name, fmt::format("{:.0f}", cost), fmt::format("{:.1f}", 1e6 / cost),
                   fmt::format("{:.3f}", cost / platform)});
  };
  row("bare Verilated loop", bare);
  row("SystemC platform", platform);
  row("Icarus Verilog", icarus);
  fmt::print("{}\nSystemC adds {:.0f} ns a cycle.\n", table.str(), platform - bare);
  return 0;
}
