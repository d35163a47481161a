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
[ ! -e "$scratch/bundle" ] || complain 'a failed import wrote a bundle'
finish
