#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The host program on the simulated design, over its UART pins: loads the network and checks the examples. Needs verilator.
#   sh simulate.sh            the Verilog sources
#   sh simulate.sh FILE ...   these files of the folder, of which one is a netlist of top
# CLOCKS bounds the simulation.
set -eu
cd "$(dirname "$0")"
case $PWD in
  *[[:space:]]*) echo "simulate.sh: make takes no folder with a blank in its path: move this one" >&2; exit 2 ;;
esac
name=source
files="@SOURCES@"
if [ $# -gt 0 ]; then
  name=$(basename "$1" .v)
  files=
  for file; do files="$files ../$file"; done
fi
mkdir -p build mem
cd mem
# make would name the folder's place.
MAKEFLAGS=--no-print-directory verilator --cc --exe --build -j "$(nproc)" -O3 --x-assign fast --x-initial fast -Wno-fatal -Wno-lint -Wno-style \
  -Wno-MULTIDRIVEN --top-module top --Mdir "../build/$name" -CFLAGS "-O1 -I../../host" $files ../sim/bench.cpp ../host/lacuna_host.cpp \
  ../host/lacuna_device.c -o bench
exec "../build/$name/bench" @DIVISOR@ "${CLOCKS:-3000000}" load ../host/network.load check ../vectors/images.hex ../vectors/results.hex
