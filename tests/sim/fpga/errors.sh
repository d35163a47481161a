#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# `lacuna fpga` refuses in one line and leaves nothing. Arguments: the program, golden/networks.
set -eu
. "$(dirname "$0")/../../repository/expect.sh"
lacuna=$1
networks=$2
small=$networks/mnist-sc-small.safetensors
out=$scratch/folder

# refuses PATTERN BUNDLE BOARD WORD...: with --out unless a word names another one.
refuses() {
  pattern=$1
  bundle=$2
  board=$3
  shift 3
  expect_line 2 "$pattern" "$lacuna" fpga "$bundle" --board "$board" "$@"
}

refuses "^lacuna: board 'breadboard': is not known; choose one of .*hx8k.*up5k" "$small" breadboard --out "$out"
refuses '^lacuna: mnist-sc.safetensors: is too large for the board up5k: it takes [0-9]* block RAMs, the board has 30' \
  "$networks/mnist-sc.safetensors" up5k --out "$out"
refuses '^lacuna: ptb-char-pruned.safetensors: is too large for the board vc707: it takes [0-9]* block RAMs, the board has 1030' \
  "$networks/ptb-char-pruned.safetensors" vc707 --out "$out"
refuses '^lacuna: smnist-rows-ternary.safetensors: is too large for the board hx8k: it takes [0-9]* block RAMs' \
  "$networks/smnist-rows-ternary.safetensors" hx8k --out "$out"
refuses '^lacuna: smnist-rows-small.safetensors: is too large for the board up5k: it takes [0-9]* logic cells' \
  "$networks/smnist-rows-small.safetensors" up5k --out "$out"
refuses '^lacuna: ptb-char.safetensors: takes symbols' "$networks/ptb-char.safetensors" hx8k --out "$out"
refuses '^lacuna: mnist-fc-90.safetensors: has 3 layers' "$networks/mnist-fc-90.safetensors" up5k --out "$out"
refuses '^lacuna: --baud: 9000000 is no speed .*115200' "$small" up5k --baud 9000000 --out "$out"
refuses '^lacuna: --baud: 250000 is no speed .*115200' "$small" up5k --baud 250000 --out "$out"
refuses '^lacuna: --baud: 1 is no speed' "$small" ulx3s --baud 1 --out "$out"
for board in vc707 pynq-z2; do
  refuses "^lacuna: --baud: is not for the board $board" "$small" "$board" --baud 115200 --out "$out"
done
for board in ulx3s vc707 pynq-z2; do
  for option in --bitstream --simulate; do
    refuses "^lacuna: $option: is not for the board $board; leave it out" "$small" "$board" "$option" --out "$out"
  done
done

for board in up5k ulx3s vc707 pynq-z2; do
  refuses '^lacuna: .*no-such-file' "$scratch/no-such-file" "$board" --out "$out"
  head -c 20000 "$small" >"$scratch/cut.safetensors"
  refuses '^lacuna: .*cut.safetensors' "$scratch/cut.safetensors" "$board" --out "$out"
done

refuses '^lacuna: .*/no/such: cannot be made: .*; name' "$small" up5k --out "$scratch/no/such"
for nameless in '' . ..; do
  refuses "^lacuna: folder '$nameless': has no name of its own; name" "$small" up5k --out "$nameless"
done
mkdir "$scratch/full"
echo mine >"$scratch/full/file"
refuses '^lacuna: .*full: exists and is not empty' "$small" up5k --out "$scratch/full"
[ "$(ls "$scratch/full")" = file ] || complain 'a folder that was not empty has changed'
refuses '^lacuna: .*no/report.json: cannot be written; name' "$small" up5k --out "$out" --json "$scratch/no/report.json"
# What is named alone goes into the folder where one is.
mkdir "$scratch/here"
expect 0 '' sh -c 'cd "$1" && exec "$2" fpga "$3" --board up5k --images 1 --out made --json made.json' sh "$scratch/here" "$lacuna" "$small"
[ -s "$scratch/here/made.json" ] && [ -s "$scratch/here/made/manifest.json" ] || complain 'nothing was made where one is'
# A disk that takes 512 bytes of a file.
expect_line 2 '^lacuna: [^:]*: cannot be written; is the disk full\?' \
  sh -c 'trap "" XFSZ; ulimit -f 1; exec "$@"' sh "$lacuna" fpga "$small" --board up5k --out "$scratch/small"
# Without its tools there is no bitstream, whatever the folder is called.
mkdir "$scratch/bin"
for tool in sh mkdir dirname; do ln -s "$(command -v "$tool")" "$scratch/bin/$tool"; done
expect_line 2 '^lacuna: --bitstream: needs yosys' env PATH="$scratch/bin" "$lacuna" fpga "$small" --board up5k --bitstream --out "$scratch/folder it's"
for left in "$scratch"/folder* "$scratch"/small* "$scratch"/full.* "$scratch"/no*; do
  [ ! -e "$left" ] || complain "$left was left"
done
finish
