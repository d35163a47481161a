#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A folder's bitstream is built and simulated by the verb; it then holds results, and nothing of the place where it was made. Arguments:
# the program, the bundle, the board.
set -eu
lacuna=$1 bundle=$2 board=$3
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
fail() {
  echo "$1" >&2
  exit 1
}

out="$scratch/it's mine"
"$lacuna" fpga "$bundle" --board "$board" --baud 3000000 --images 1 --simulate --out "$out"
! grep -rl "$scratch" "$out" || fail 'these files name the place where the folder was made'
[ -z "$(find "$out" -name '*.o')" ] || fail 'the compiled simulation was left'
for name in top.bin report.json routed.v; do
  grep -q "\"build/$name\"" "$out/manifest.json" || fail "the manifest does not name $name"
done
[ "$(grep -c '"build/' "$out/manifest.json")" -eq 4 ] || fail 'the manifest names more of build/ than the bitstream and its three files'
grep -q '"seed": 1' "$out/manifest.json" || fail 'the manifest has no seed'
grep -q -- '--images 1 --simulate' "$out/README.md" || fail 'the README has not the whole command'
