#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The host program on the simulated sources, over their UART pins: loads the network and checks the examples. Needs verilator. CLOCKS bounds it.
set -eu
cd "$(dirname "$0")"
mkdir -p build mem
cd mem
verilator --cc --exe --build -j 2 -O3 --x-assign fast --x-initial fast -Wno-fatal -Wno-lint -Wno-style --top-module top --Mdir ../build/source \
  -CFLAGS "-O1 -I../../host" @SOURCES@ ../sim/bench.cpp ../host/lacuna_host.cpp ../host/lacuna_device.c -o bench
exec ../build/source/bench @DIVISOR@ "${CLOCKS:-3000000}" load ../host/network.load check ../vectors/images.hex ../vectors/results.hex
