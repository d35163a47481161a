#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# prove.sh MODEL DEPTH TOP CONNECTIONS FILE...: proves the assertions of TOP with yosys-smtbmc and z3, by k-induction of DEPTH cycles over a
# base of as many. CONNECTIONS: pairs wire=register that show the top registers of the flattened design.
set -eu
model=$1
depth=$2
top=$3
connections=$4
shift 4
script="read_verilog -formal $*; hierarchy -check -top $top; proc; flatten"
for pair in $connections; do
  script="$script; connect -set ${pair%%=*} \\${pair#*=}"
done
yosys -q -p "$script; opt -fast; memory_map; opt -fast; dffunmap; check -assert; write_smt2 -wires $model"
yosys-smtbmc -s z3 --unroll -t "$depth" "$model"
yosys-smtbmc -s z3 --unroll -i -t "$depth" "$model"
echo "proven: $top"
