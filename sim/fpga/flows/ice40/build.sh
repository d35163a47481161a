#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Builds build/top.bin for @TITLE@: needs yosys, nextpnr-ice40 and fpga-icestorm (icepack, iceprog).
#   sh build.sh          synthesises, places, routes, packs
#   sh build.sh vlog     and then writes the routed gates as Verilog, read back from the bitstream: build/routed.v
# BOARD chooses the pins, NAME of NAME.pcf.
set -eu
cd "$(dirname "$0")"
board=${BOARD:-@BOARD_DEFAULT@}
mkdir -p build mem
(cd mem && yosys -q -l ../build/yosys.log -p "read_verilog @SOURCES@; synth_ice40 -device @YOSYS_DEVICE@ -abc9 -top top -json ../build/top.json")
nextpnr-ice40 -q -l build/nextpnr.log --@DEVICE@ --package @PACKAGE@ --json build/top.json --pcf "$board.pcf" --asc build/top.asc \
  --report build/report.json --freq @MEGAHERTZ@ --seed 1
icepack build/top.asc build/top.bin
if [ "${1:-}" = vlog ]; then
  iceunpack build/top.bin build/read.asc
  icebox_vlog -s -n top -p "$board.pcf" build/read.asc >build/unpacked.v
  # Ports are declared apart from their list: icebox_vlog declares them a second time.
  sed 's/^module top (.*/module top (clk_i, rx_i, tx_o, led_o); input clk_i, rx_i; output tx_o, led_o;/' build/unpacked.v >build/routed.v
fi
