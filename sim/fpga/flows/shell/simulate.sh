#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Plays the driver's example on the design without the vendor's parts, in Verilator: ends with 0 when every word is golden's. Needs verilator, g++, make.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$here/build/simulate"
cd "$here/build/simulate"
gcc -std=c99 -O2 -Wall -c "$here/host/lacuna_shell.c" "$here/host/lacuna_window.c" "$here/host/lacuna_example.c" "$here/host/network.c"
verilator --cc --exe --build -O3 -Wno-fatal --language 1364-2005 --x-initial unique --top-module system -CFLAGS "-O2 -std=c++17 -I$here/host" \
  -Mdir verilated -o system $(printf ' ../../rtl/%s' @SYSTEM_FILES@) "$here/sim/bench.cpp" \
  "$PWD/lacuna_shell.o" "$PWD/lacuna_window.o" "$PWD/lacuna_example.o" "$PWD/network.o" >verilator.log 2>&1 || {
  tail -n 20 verilator.log >&2
  exit 2
}
cd "$here/mem" && exec "$here/build/simulate/verilated/system"
