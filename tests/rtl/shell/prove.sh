#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# prove.sh MODEL HOW DEPTH TOP CONNECTIONS FILE...: the assertions of TOP with yosys-smtbmc and z3.
#   prove   by k-induction of DEPTH cycles over a base of as many; then that its cover statements are reached within 30 cycles
#   refute  that one of them fails within DEPTH cycles from reset; which, is said
# CONNECTIONS: pairs wire=register that show the top registers of the flattened design.
set -eu
model=$1
how=$2
depth=$3
top=$4
connections=$5
shift 5
script="read_verilog -formal $*; hierarchy -check -top $top; proc; flatten; memory_map; cd $top"
for pair in $connections; do
  script="$script; rename ${pair#*=} shown_${pair%%=*}; connect -set ${pair%%=*} shown_${pair%%=*}"
done
yosys -q -p "$script; cd ..; opt -fast; dffunmap; check -assert; write_smt2 -wires $model"
yosys-smtbmc -s z3 --unroll -t "$depth" "$model"
[ "$how" = prove ]
yosys-smtbmc -s z3 --unroll -i -t "$depth" "$model"
yosys-smtbmc -s z3 --unroll -c -t 30 "$model"
echo "proven: $top"
