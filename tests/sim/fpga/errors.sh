#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# `lacuna fpga` refuses in one line and leaves nothing. Arguments: the program, golden/networks.
set -eu
. "$(dirname "$0")/../../repository/expect.sh"
lacuna=$1
networks=$2
small=$networks/mnist-sc-small.safetensors

expect_line 2 "^lacuna: board 'breadboard': is not known; choose one of .*hx8k.*up5k" "$lacuna" fpga "$small" --board breadboard --out "$scratch/folder"
expect_line 2 '^lacuna: mnist-sc.safetensors: is too large for the board up5k: it takes [0-9]* block RAMs, the board has 30' \
  "$lacuna" fpga "$networks/mnist-sc.safetensors" --board up5k --out "$scratch/folder"
expect_line 2 '^lacuna: smnist-rows-ternary.safetensors: is too large for the board hx8k: it takes [0-9]* block RAMs' \
  "$lacuna" fpga "$networks/smnist-rows-ternary.safetensors" --board hx8k --out "$scratch/folder"
expect_line 2 '^lacuna: smnist-rows-small.safetensors: is too large for the board up5k: it takes [0-9]* logic cells' \
  "$lacuna" fpga "$networks/smnist-rows-small.safetensors" --board up5k --out "$scratch/folder"
expect_line 2 '^lacuna: ptb-char.safetensors: takes symbols' "$lacuna" fpga "$networks/ptb-char.safetensors" --board hx8k --out "$scratch/folder"
expect_line 2 '^lacuna: --baud: .*too fast' "$lacuna" fpga "$small" --board up5k --baud 9000000 --out "$scratch/folder"
expect_line 2 '^lacuna: .*no-such-file' "$lacuna" fpga "$scratch/no-such-file" --board up5k --out "$scratch/folder"
expect_line 2 '^lacuna: .*/no/such: cannot be made' "$lacuna" fpga "$small" --board up5k --out "$scratch/no/such"
mkdir "$scratch/full"
echo mine >"$scratch/full/file"
expect_line 2 '^lacuna: .*full: exists and is not empty' "$lacuna" fpga "$small" --board up5k --out "$scratch/full"
[ "$(ls "$scratch/full")" = file ] || complain 'a folder that was not empty has changed'
# A disk that takes 512 bytes of a file.
expect_line 2 '^lacuna: .*disk' sh -c 'trap "" XFSZ; ulimit -f 1; exec "$@"' sh "$lacuna" fpga "$small" --board up5k --out "$scratch/disk"
# Without its tools there is no bitstream.
mkdir "$scratch/bin"
for tool in sh mkdir dirname; do ln -s "$(command -v "$tool")" "$scratch/bin/$tool"; done
expect_line 2 '^lacuna: --bitstream: needs yosys' env PATH="$scratch/bin" "$lacuna" fpga "$small" --board up5k --bitstream --out "$scratch/folder"
for left in "$scratch"/folder* "$scratch"/disk*; do
  [ ! -e "$left" ] || complain "$left was left"
done
finish
