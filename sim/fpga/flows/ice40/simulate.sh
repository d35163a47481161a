#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The host program on the simulated design, over its UART pins: loads the network and checks the examples. Needs verilator.
#   sh simulate.sh           the Verilog sources
#   sh simulate.sh routed    the routed gates, after `sh build.sh vlog`
# CLOCKS bounds the simulation.
set -eu
cd "$(dirname "$0")"
clocks=${CLOCKS:-3000000}
if [ "${1:-}" = routed ]; then
  name=routed
  files="../build/routed.v ../sim/cells.v"
else
  name=source
  files="@SOURCES@"
fi
mkdir -p build mem
cd mem
verilator --cc --exe --build -j 2 -O3 --x-assign fast --x-initial fast -Wno-fatal -Wno-lint -Wno-style -Wno-MULTIDRIVEN --top-module top \
  --Mdir ../build/$name -CFLAGS "-O1 -I../../host" $files ../sim/bench.cpp ../host/lacuna_host.cpp ../host/lacuna_device.c -o bench
exec ../build/$name/bench @DIVISOR@ "$clocks" load ../host/network.load check ../vectors/images.hex ../vectors/results.hex
