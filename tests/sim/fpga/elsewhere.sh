#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A folder that was moved away from the repository builds, and its routed gates answer; what its memories hold matters. Arguments: the
# program, the bundle, the board, the file of the folder whose third line gets another digit.
set -eu
lacuna=$1 bundle=$2 board=$3 image=$4
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
fail() {
  echo "$1" >&2
  exit 1
}

"$lacuna" fpga "$bundle" --board "$board" --baud 3000000 --images 1 --out "$scratch/made"
mkdir "$scratch/away"
mv "$scratch/made" "$scratch/away/net"
cd "$scratch/away/net"
! grep -rl "$(dirname "$(dirname "$(dirname "$bundle")")")" . || fail 'the folder names the repository'
make -s -C host
sh build.sh vlog
sh simulate.sh routed >log 2>&1 || {
  tail -n 3 log
  fail 'the routed gates differ'
}
tail -n 4 log

# Another digit in the middle of a word: the sources are simulated, which takes seconds.
sed -i '3s/\(.*\)\([0-9a-f]\)\(.....\)$/\1#\2\3/; 3s/#0/1/; 3s/#[1-9a-f]/0/' "$image"
if sh simulate.sh >log 2>&1; then fail "another $image gives the same answers"; fi
grep -E 'lacuna_host: image 0, output [0-9]+: expected -?[0-9]+, got -?[0-9]+' log || fail 'the difference is not named'
