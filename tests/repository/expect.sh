# SPDX-License-Identifier: Apache-2.0
# Helpers for the checks beside it, which source it.

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failures=0

complain() {
  echo "FAILED: $*"
  sed 's/^/    /' "$scratch/out"
  failures=$((failures + 1))
}

# expect STATUS PATTERN COMMAND...: the command ends with STATUS and its last line of standard error matches PATTERN.
expect() {
  wanted=$1
  pattern=$2
  shift 2
  status=0
  "$@" >"$scratch/stdout" 2>"$scratch/out" </dev/null || status=$?
  [ "$status" -eq "$wanted" ] || complain "'$*' ended with $status, not $wanted"
  [ -z "$pattern" ] || tail -n 1 "$scratch/out" | grep -Eq -- "$pattern" || complain "'$*' did not say '$pattern'"
}

# expect_silent STATUS COMMAND...: and nothing on standard error.
expect_silent() {
  wanted=$1
  shift
  expect "$wanted" '' "$@"
  [ ! -s "$scratch/out" ] || complain "'$*' was not silent"
}

# expect_line ...: as expect, and standard error is that one line.
expect_line() {
  expect "$@"
  [ "$(wc -l <"$scratch/out")" -eq 1 ] || complain "'$*' said more than one line"
}

finish() {
  [ "$failures" -eq 0 ] || exit 1
}
