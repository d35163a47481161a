#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Every source file names its licence within its first two lines. Argument: the source folder.
set -eu
. "$(dirname "$0")/expect.sh"
cd "$1"

sources() {
  find .ci CMakeLists.txt lacuna packages.txt bench cmake golden hls models rtl sim tb tests -type f \
    \( -name '*.v' -o -name '*.vh' -o -name '*.sv' -o -name '*.h' -o -name '*.cpp' -o -name '*.toml' \
    -o -name '*.sh' -o -name '*.py' -o -name '*.cmake' -o -name CMakeLists.txt -o -name lacuna \
    -o -name run -o -name packages.txt \) 2>/dev/null || : # a folder may not exist yet
}

sources >"$scratch/sources"
[ "$(wc -l <"$scratch/sources")" -gt 20 ] || complain 'hardly any source found: wrong folder?'
: >"$scratch/out"
while IFS= read -r file; do
  head -n 2 "$file" | grep -q 'SPDX-License-Identifier: Apache-2.0' || echo "$file" >>"$scratch/out"
done <"$scratch/sources"
[ ! -s "$scratch/out" ] || complain 'no SPDX line in'
finish
