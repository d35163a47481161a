#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Synthesises the design as far as it is no vendor's, by Yosys: build/@EDIF_TOP@.edif, which Vivado reads (read_edif) in the place of
# rtl/@EDIF_TOP@.v and what is below it, and build/@EDIF_TOP@.stat, what it takes. Needs yosys. A large network takes minutes.
set -eu
cd "$(dirname "$0")"
mkdir -p build
cd mem
yosys -q -q -l ../build/yosys.log -p "read_verilog $(printf ' ../rtl/%s' @EDIF_FILES@); synth_xilinx -family xc7 -top @EDIF_TOP@ -noiopad -noclkbuf \
  -edif ../build/@EDIF_TOP@.edif; tee -q -o ../build/@EDIF_TOP@.stat stat -tech xilinx"
echo "build/@EDIF_TOP@.edif is complete"
