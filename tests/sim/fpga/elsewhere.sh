#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A folder that was moved away from the repository builds, and its routed gates answer; what its memories hold matters. Arguments: the
# program, the bundle, the board, how many inferences, a file of the folder, and which of its lines (for sed) gets another digit.
set -eu
lacuna=$1 bundle=$2 board=$3 images=$4 file=$5 line=$6
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
fail() {
  echo "$1" >&2
  exit 1
}

"$lacuna" fpga "$bundle" --board "$board" --baud 3000000 --images "$images" --out "$scratch/made"
mkdir "$scratch/it's here"
mv "$scratch/made" "$scratch/it's here/net"
cd "$scratch/it's here/net"
! grep -rl "$(dirname "$(dirname "$(dirname "$bundle")")")" . || fail 'the folder names the repository'
make -s -C host
host/example /no/such 115200 2>log && fail 'the example opens a device that is not there'
grep -q '^/no/such at 115200 baud: No such file' log || fail 'the example does not say what it cannot open'
sh build.sh vlog
sh simulate.sh build/routed.v sim/cells.v >log 2>&1 || {
  tail -n 3 log
  fail 'the routed gates differ'
}
tail -n 4 log

# Another digit of a weight: the sources are simulated, which takes seconds.
cp "$file" before
sed -i "$line"'{s/\(.*\)\([0-9a-f]\)\(.....\)$/\1#\2\3/; s/#0/1/; s/#[1-9a-f]/0/}' "$file"
[ "$(cmp -l before "$file" | wc -l)" -eq 1 ] || fail "$file has not changed by one digit"
if sh simulate.sh >log 2>&1; then fail "another $file gives the same answers"; fi
grep -E 'lacuna_host: image [0-9]+, output [0-9]+: expected -?[0-9]+, got -?[0-9]+' log || fail 'the difference is not named'
