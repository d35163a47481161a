// SPDX-License-Identifier: Apache-2.0
// The driver's example on the simulated design: the C of host/ reaches the Verilated `system` over
// its one AXI4-Lite slave, as a host does.
#include <cstdio>
#include <memory>

#include "lacuna_shell_example.h"
#include "simulation.h"

int main(int argc, char** argv) {
  Verilated::commandArgs(argc, argv);
  const auto simulation = std::make_unique<Simulation>();
  const lacuna_shell_board board = simulation->board();
  const int status = lacuna_shell_example(&board);
  std::printf("lacuna: %llu clocks\n", static_cast<unsigned long long>(simulation->clocks()));
  return status == LACUNA_SHELL_OK ? 0 : status == LACUNA_SHELL_DIFFERS ? 1 : 2;
}
