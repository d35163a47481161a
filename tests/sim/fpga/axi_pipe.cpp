// SPDX-License-Identifier: Apache-2.0
// In the place of a folder's sim/bench.cpp: the simulated design behind standard input and output,
// as hw_server.tcl asks it: "r ADDRESS" answers with the value, "w ADDRESS VALUE" with 0, in
// hexadecimal; "error" when the bus did.
#include <cstdio>
#include <memory>

#include "simulation.h"

int main() {
  const auto simulation = std::make_unique<Simulation>();
  char line[64];
  while (std::fgets(line, sizeof line, stdin) != nullptr) {
    unsigned address = 0, value = 0;
    std::uint32_t answer = 0;
    bool good = false;
    if (std::sscanf(line, "r %x", &address) == 1) {
      good = simulation->read(address, answer);
    } else if (std::sscanf(line, "w %x %x", &address, &value) == 2) {
      good = simulation->write(address, value);
    }
    if (good)
      std::printf("%08x\n", answer);
    else
      std::puts("error");
    std::fflush(stdout);
  }
  return 0;
}
