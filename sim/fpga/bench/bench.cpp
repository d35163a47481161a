// SPDX-License-Identifier: Apache-2.0
// The host program on the simulated design, Verilog source or routed gates, with bytes over its
// UART pins:
//   bench DIVISOR CLOCKS COMMAND ...      DIVISOR: clocks a bit; CLOCKS: at most as many are
//   simulated
#include <cstdio>
#include <cstdlib>

#include "Vtop.h"
#include "lacuna_host.h"
#include "uart_pins.h"

// Verilator's library asks for the time of messages and waves, of which there are none.
double sc_time_stamp() { return 0; }

int main(int argc, char** argv) {
  if (argc < 4) {
    std::fprintf(stderr, "usage: %s DIVISOR CLOCKS COMMAND ...\n", argv[0]);
    return 2;
  }
  Vtop top;
  lacuna_host::UartPins<Vtop> pins(top, static_cast<unsigned>(std::strtoul(argv[1], nullptr, 10)),
                                   std::strtoull(argv[2], nullptr, 10));
  int status = lacuna_host::run(pins.port(), {argv + 3, argv + argc});
  if (pins.over()) std::fprintf(stderr, "bench: %s clocks are over\n", argv[2]);
  if (pins.framing_errors() > 0) {
    std::fprintf(stderr, "bench: %llu bytes of the design are no frames of a UART\n",
                 static_cast<unsigned long long>(pins.framing_errors()));
    if (status == 0) status = 2;
  }
  std::printf("%llu clocks\n", static_cast<unsigned long long>(pins.clocks()));
  return status;
}
