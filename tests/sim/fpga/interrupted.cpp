// SPDX-License-Identifier: Apache-2.0
// In the place of a folder's sim/bench.cpp: hosts die in the middle of a run, and the driver's
// example must answer after each as if nothing had been. Ends with 0 when it does and takes every
// word of its own runs. Argument: what the host before was doing.
#include <cstdio>
#include <cstring>
#include <memory>
#include <vector>

#include "lacuna_shell_example.h"
#include "lacuna_shell_network.h"
#include "registers.h"
#include "simulation.h"

namespace {

constexpr std::uint32_t kBeat = 0x1000, kLastBeat = 0x1004, kLevels = 0x1008;

std::uint32_t get(Simulation& simulation, std::uint32_t offset) {
  std::uint32_t value = 0;
  if (!simulation.read(offset, value)) std::printf("no register at 0x%x\n", offset);
  return value;
}

/// A load and a start.
bool begin(const lacuna_shell_board& board, const lacuna_shell_run& run) {
  return lacuna_shell_recover(&board) == LACUNA_SHELL_OK &&
         lacuna_shell_load(&board, run.records, run.record_bytes) == LACUNA_SHELL_OK &&
         lacuna_shell_start(&board, &run) == LACUNA_SHELL_OK;
}

/// Sends words of x as there is room, until `count` were sent or room comes no more.
void send(Simulation& simulation, const lacuna_shell_run& run, std::size_t count) {
  for (std::size_t at = 0, tries = 0; at < count && tries < 1000; ++tries) {
    if ((get(simulation, kLevels) & 0xFFFF) == 0) continue;
    simulation.write(at + 1 == run.x_words ? kLastBeat : kBeat, run.x[at]);
    ++at;
    tries = 0;
  }
}

int fail(const char* what) {
  std::printf("interrupted: %s\n", what);
  return 2;
}

}  // namespace

int main(int argc, char** argv) {
  const auto simulation = std::make_unique<Simulation>();
  const lacuna_shell_board board = simulation->board();
  const lacuna_shell_run& run = lacuna_shell_runs[0];
  const auto was = [&](const char* name) { return argc > 1 && std::strcmp(argv[1], name) == 0; };

  if (was("middle-of-x")) {
    if (!begin(board, run)) return fail("no start");
    send(*simulation, run, run.x_words / 2);
    simulation->clock(10'000);
  } else if (was("y-unread")) {
    // Its words are another run's than golden's: were they compared, they would differ.
    std::vector<std::uint32_t> config(run.config, run.config + run.config_words),
        x(run.x, run.x + run.x_words);
    lacuna_shell_run other = run;
    for (std::uint32_t& word : x) word ^= 0x01010101;
    other.x = x.data();
    if (!begin(board, other)) return fail("no start");
    send(*simulation, other, other.x_words);
    simulation->clock(200'000);
    if (get(*simulation, kLevels) >> 16 == 0) return fail("the run gave no y");
  } else if (was("y-unread-and-right")) {
    // Its words are golden's: only a host that takes its own leaves none behind.
    if (!begin(board, run)) return fail("no start");
    send(*simulation, run, run.x_words);
    simulation->clock(200'000);
    if (get(*simulation, kLevels) >> 16 == 0) return fail("the run gave no y");
  } else if (was("stale-y-at-play")) {
    // A host that does not recover is told so.
    if (!begin(board, run)) return fail("no start");
    send(*simulation, run, run.x_words);
    simulation->clock(200'000);
    return lacuna_window_play(&board, run.x, run.x_words, lacuna_shell_y, run.y_words) ==
                   LACUNA_SHELL_STALE
               ? 0
               : fail("stale words were taken");
  } else if (was("refused")) {
    lacuna_shell_run bad = run;
    std::vector<std::uint32_t> config(run.config_words, 0xFFFFFFFF);
    bad.config = config.data();
    if (lacuna_shell_recover(&board) != LACUNA_SHELL_OK) return fail("no recovery");
    const int status = lacuna_shell_play(&board, &bad, lacuna_shell_y);
    std::uint32_t errors = 0, address = 0;
    lacuna_shell_errors(&board, &errors, &address);
    if (status != LACUNA_SHELL_FAILED || errors != LAC_SHELL_ERROR_STATUS_CONFIG)
      return fail(lacuna_shell_message(status));
  } else if (was("bus-error")) {
    lacuna_shell_run bad = run;
    bad.weight_base = 0x40000000;  // beyond the memory
    if (lacuna_shell_recover(&board) != LACUNA_SHELL_OK) return fail("no recovery");
    const int status = lacuna_shell_play(&board, &bad, lacuna_shell_y);
    std::uint32_t errors = 0, address = 0;
    lacuna_shell_errors(&board, &errors, &address);
    if (status != LACUNA_SHELL_FAILED || errors != LAC_SHELL_ERROR_STATUS_DECODE)
      return fail(lacuna_shell_message(status));
  } else if (was("x-before-a-start")) {
    // Words that no run has taken stay before the shell: the driver says so and compares nothing.
    simulation->write(kBeat, run.x[0]);
    return lacuna_shell_recover(&board) == LACUNA_SHELL_STALE ? 0 : fail("words of x are not seen");
  } else {
    return fail("which?");
  }

  const int status = lacuna_shell_example(&board);
  if (status != LACUNA_SHELL_OK) return status;
  if (get(*simulation, kLevels) != 512) return fail("words are left on the streams");
  return 0;
}
