#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The program's exit status and its one line of complaint; help fits a terminal of 80 columns. Argument: the program.
set -eu
. "$(dirname "$0")/expect.sh"
lacuna=$1

expect_line 2 '^lacuna: .*lacuna --help$' "$lacuna"
expect_line 2 '^lacuna: .*lacuna --help$' "$lacuna" no-such-verb
expect_line 2 '^lacuna: .*lacuna --help$' "$lacuna" --no-such-option

expect_silent 0 "$lacuna" --version
grep -Eqx 'lacuna [0-9]+\.[0-9]+\.[0-9]+' "$scratch/stdout" || complain '--version is not one line with a version'
if [ -e /dev/full ]; then
  expect_line 2 'standard output: cannot be written' sh -c '"$1" --version >/dev/full' sh "$lacuna"
fi

fits() {
  expect_silent 0 "$@" --help
  ! grep -E '^.{81}' "$scratch/stdout" >"$scratch/out" || complain "'$* --help' is wider than 80 columns"
}
fits "$lacuna"
verbs=$("$lacuna" --help | sed -n '/^Verbs:/,/^$/s/^  \([a-z]*\).*/\1/p')
[ -n "$verbs" ] || complain 'the help lists no verbs'
for verb in $verbs; do
  fits "$lacuna" "$verb"
  expect_line 2 "^lacuna: .*lacuna $verb --help\$" "$lacuna" "$verb" --no-such-option
done

# Bad files: nothing is written in their place.
printf 'not a safetensors file' >"$scratch/weights"
expect_line 2 '^lacuna: .*no-such-file' "$lacuna" import "$scratch/no-such-file" --out "$scratch/bundle"
expect_line 2 '^lacuna: .*weights' "$lacuna" import "$scratch/weights" --out "$scratch/bundle"

# A small network, and every way to spoil it. Safetensors: 8 bytes of length, a JSON header, data.
tensors() {
  printf '{"lstm.weight_ih_l0":{"dtype":"F32","shape":[4,1],"data_offsets":[0,16]},'
  printf '"lstm.weight_hh_l0":{"dtype":"F32","shape":[4,1],"data_offsets":[%s,%s]}}' "$1" "$2"
}
weights_file() { # header, data size; a header of up to 255 bytes
  printf "\\$(printf %03o ${#1})\\0\\0\\0\\0\\0\\0\\0%s" "$1"
  head -c "$2" /dev/zero
}
weights_file "$(tensors 16 32)" 32 >"$scratch/good"
# NaN: all bits of the first weight.
{ weights_file "$(tensors 16 32)" 0 && printf '\377\377\377\377' && head -c 28 /dev/zero; } >"$scratch/nan"
weights_file "$(tensors 8 24)" 32 >"$scratch/overlap"
head -c 100 "$scratch/good" >"$scratch/cut"
printf '\0\0\0\0\0\0\0\020{}' >"$scratch/huge"
sed 's/\[4,1\]/[4,9]/' "$scratch/good" >"$scratch/shape"
printf 'text to calibrate on' >"$scratch/text"
for bad in nan overlap cut huge shape; do
  expect_line 2 "^lacuna: .*$bad" "$lacuna" import "$scratch/$bad" --calibrate "$scratch/text" --out "$scratch/bundle"
done

# A disk that takes 512 bytes of a file: nothing is left under the final name or beside it.
mkdir "$scratch/full"
expect_line 2 '^lacuna: .*full/net' sh -c 'trap "" XFSZ; ulimit -f 1; exec "$@"' sh \
  "$lacuna" import "$scratch/good" --out "$scratch/full/net"
[ -z "$(ls "$scratch/full")" ] || complain 'a full disk left a file'
[ ! -e "$scratch/bundle" ] || complain 'a failed import wrote a bundle'

expect_ok() { "$@" >"$scratch/stdout" 2>"$scratch/out" || complain "'$*' failed"; }
expect_ok "$lacuna" import "$scratch/good" --out "$scratch/net"
expect_ok "$lacuna" cosim "$scratch/net" --steps 2
head -c 300 "$scratch/net" >"$scratch/net-cut"
sed 's/lacuna.bundle\/1/lacuna.bundle\/9/' "$scratch/net" >"$scratch/net-version"
cmp -s "$scratch/net" "$scratch/net-version" && complain 'the bundle names no version'
expect_line 2 '^lacuna: .*net-cut' "$lacuna" cosim "$scratch/net-cut"
expect_line 2 '^lacuna: .*net-version.*unknown format' "$lacuna" cosim "$scratch/net-version"
expect_line 2 '^lacuna: .*no-such-file' "$lacuna" cosim "$scratch/no-such-file"

# Gates: a clock that they do not meet is a failed check, a library that is none bad input.
expect_ok "$lacuna" silicon lac_multiply:binary --clock 10
expect_line 1 '^lacuna: timing: .*set --clock to [0-9.]* at most$' "$lacuna" silicon lac_multiply:binary --clock 5000
expect_line 2 '^lacuna: .*no-such-file' "$lacuna" silicon lac_multiply --liberty "$scratch/no-such-file"
printf 'library(cut) { cell(INV) {' >"$scratch/cut.lib"
expect_line 2 '^lacuna: .*cut.lib.*cut off' "$lacuna" silicon lac_multiply --liberty "$scratch/cut.lib"
expect_line 2 '^lacuna: .*choose one of .*lac_multiply' "$lacuna" silicon lac_nothing

# A network of a second, reported beside a paper's figure.
expect_ok "$lacuna" train demo --out "$scratch/run" --set units=8 --set epochs=1 --set batch=128 --set paper_sparsity=0.5
grep -q '^paper .* 50.00 %' "$scratch/stdout" || complain "the paper's figure is not in the table"

# A data set whose file is not the one that it should be.
mkdir -p "$scratch/source/ptb"
for part in train valid test; do echo 'not the Penn Treebank' >"$scratch/source/ptb/ptb.$part.txt"; done
expect_line 2 '^lacuna: .*ptb.*sha256|^lacuna: .*ptb.*checksum' "$lacuna" data get ptb --from "$scratch/source" --data "$scratch/data"
finish
