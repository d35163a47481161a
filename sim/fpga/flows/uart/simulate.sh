#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The host program on the simulated design, over its UART pins: loads the network and checks the examples. Needs verilator.
#   sh simulate.sh            the Verilog sources
#   sh simulate.sh FILE ...   these files of the folder, of which one is a netlist of top
# CLOCKS bounds the simulation: twice what the examples take is usual. Built in a temporary folder, since make takes no path with blanks.
set -eu
cd "$(dirname "$0")"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
mkdir "$scratch/mem"
cp -R rtl sim host "$scratch"
files="@SOURCES@"
if [ $# -gt 0 ]; then
  files=
  for file; do
    cp "$file" "$scratch/mem"
    files="$files $(basename "$file")"
  done
fi
(
  cd "$scratch/mem"
  verilator --cc --exe --build -j "$(nproc)" -O3 --x-assign fast --x-initial fast -Wno-fatal -Wno-lint -Wno-style -Wno-MULTIDRIVEN \
    --top-module top --Mdir ../bench -CFLAGS "-O1 -I../host" $files ../sim/bench.cpp ../host/lacuna_host.cpp ../host/lacuna_device.c -o bench \
    >../verilator.log 2>&1 || {
    status=$?
    tail -n 20 ../verilator.log >&2
    [ "$status" -eq 127 ] || status=2  # 127: it is not installed; 1 is for answers that differ
    exit "$status"
  }
)
mkdir -p mem
cd mem
"$scratch/bench/bench" @DIVISOR@ "${CLOCKS:-@CLOCKS@}" load ../host/network.load check ../vectors/images.hex ../vectors/results.hex
