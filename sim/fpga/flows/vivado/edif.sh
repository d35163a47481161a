#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Synthesises the design without its top, clock and JTAG by Yosys: build/system.edif, which Vivado reads in the place of rtl/system.v and below
# (read_edif), and build/system.stat, what it takes. Needs yosys. A large network takes minutes.
set -eu
cd "$(dirname "$0")"
mkdir -p build
cd mem
yosys -q -q -l ../build/yosys.log -p "read_verilog $(printf ' ../rtl/%s' @SYSTEM_FILES@); synth_xilinx -family xc7 -top system -noiopad -noclkbuf \
  -edif ../build/system.edif; tee -q -o ../build/system.stat stat -tech xilinx"
echo "build/system.edif is complete"
