// SPDX-License-Identifier: Apache-2.0
// Random workloads for the shells' tests.
#pragma once

#include "sim/fc/regression.h"
#include "sim/lstm/regression.h"
#include "sim/sc/regression.h"
#include "sim/shell/shell_platform.h"
#include "tests/sim/fc/case.h"
#include "tests/sim/lstm/case.h"
#include "tests/sim/sc/case.h"

namespace lacuna::sim {

/// A workload of any engine with what a shell's host needs for it.
struct ShellCase {
  LstmWorkload lstm;
  FcWorkload fc;
  ScWorkload sc;
  ShellWork work;
};

/// Fills `made` in place: its work keeps references into it. Sizes are odd, and within what every small
/// configuration takes.
inline void draw_shell_case(const ShellConfiguration& shell, std::uint64_t seed, ShellCase& made) {
  if (shell.kind == ShellKind::kLstm) {
    const int streams = std::min(3, lstm_configuration(shell.engine).engine.batch);
    const LstmCase which = make_case(shell.engine, seed, 29, 10, streams);
    made.lstm = whole_sequences(which, draw_layer(which));
    made.work = shell_work(made.lstm);
  } else if (shell.kind == ShellKind::kFc) {
    const FcCase which = make_fc_case(shell.engine, seed, 43, 11);
    made.fc = whole_runs(which, draw_layer(which));
    made.work = shell_work(made.fc);
  } else {
    const ScCase which = make_sc_case(shell.engine, seed, 20, 8);
    made.sc = whole_runs(which, draw_network(which));
    made.work = shell_work(made.sc);
  }
}

}  // namespace lacuna::sim
