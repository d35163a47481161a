#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Plays the driver's example on the design without the vendor's parts, in Verilator: ends with 0 when every word is golden's. Needs verilator, a C
# and a C++ compiler, make. Built in a temporary folder, since make takes no path with blanks; build/simulate is the program.
set -eu
cd "$(dirname "$0")"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
mkdir -p build
cp -R rtl sim host "$scratch"
(
  cd "$scratch"
  for name in lacuna_shell lacuna_window lacuna_shell_example network; do
    ${CC:-cc} -std=c99 -O2 -Wall -c -o $name.o host/$name.c
  done
  verilator --cc --exe --build -O3 -Wno-fatal --language 1364-2005 --x-initial unique --top-module system -CFLAGS "-O2 -std=c++17 -I../host" \
    -Mdir verilated -o system $(printf ' rtl/%s' @SYSTEM_FILES@) sim/bench.cpp ../lacuna_shell.o ../lacuna_window.o ../lacuna_shell_example.o \
    ../network.o >verilator.log 2>&1 || {
    tail -n 20 verilator.log >&2
    exit 2
  }
)
mv "$scratch/verilated/system" build/simulate
cd mem
../build/simulate
