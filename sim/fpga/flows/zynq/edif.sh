#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Synthesises the engine in its shell by Yosys: build/lacuna.edif, and build/lacuna.stat, what it takes. Needs yosys.
set -eu
cd "$(dirname "$0")"
mkdir -p build
cd mem
yosys -q -q -l ../build/yosys.log -p "read_verilog $(printf ' ../rtl/%s' @FILES@); synth_xilinx -family xc7 -top lacuna -noiopad -noclkbuf \
  -edif ../build/lacuna.edif; tee -q -o ../build/lacuna.stat stat -tech xilinx"
echo "build/lacuna.edif is complete"
