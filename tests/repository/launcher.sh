#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The launcher on machines that lack something. PATH holds only the tools named here, real or faked; none of the cases gets as
# far as a build. Argument: the source folder.
set -eu
. "$(dirname "$0")/expect.sh"
launcher=$1/lacuna

# machine NAME TOOL...: a folder with links to the real tools, to be used as the whole PATH.
machine() {
  bin=$scratch/$1
  shift
  mkdir "$bin"
  for tool in sh dirname readlink sed tr grep find mktemp rm tail date env cat "$@"; do
    ln -s "$(command -v "$tool")" "$bin/$tool"
  done
}

# fake TOOL: its body comes from standard input.
fake() {
  { echo '#!/bin/sh' && cat; } >"$bin/$1"
  chmod +x "$bin/$1"
}

# launch ARGUMENT...: the launcher on the machine in $bin, not in CI.
launch() {
  env -i PATH="$bin" sh "$launcher" "$@"
}

machine without_dpkg id
expect_line 2 'not Debian.* g\+\+ .*verilator.*libtorch-dev' launch --version
expect_line 2 'not Debian' launch test --yes

# The rest needs an /etc/os-release of Debian, which cannot be faked.
grep -Eq '^ID(_LIKE)?=.*debian' /etc/os-release || { finish && exit; }

machine debian
# verilator was removed, but its configuration is still there.
fake dpkg-query <<'END'
for package; do
  case $package in
    -* | '$'*) ;;
    verilator) printf 'config-files:%s ' "$package" ;;
    *) printf 'installed:%s ' "$package" ;;
  esac
done
END
fake id <<'END'
echo 0
END
fake apt-get <<'END'
case $* in *update*) exit 0 ;; esac
printf '%s\n' "$@" >"${0%/*}/arguments"
echo 'E: Unable to fetch some archives'
exit 100
END
expect 2 'nothing installed; .*apt-get install verilator$' launch --version
expect 2 'apt-get install failed: Unable to fetch some archives; .*verilator$' launch --version --yes
expect 2 'apt-get install failed' launch --yes --version
expect 2 'apt-get install failed' launch test --yes
expect 2 'apt-get install failed' env -i CI=true PATH="$bin" sh "$launcher" --version
grep -qx -- --no-install-recommends "$bin/arguments" || complain 'recommended packages were not left out'
[ "$(tail -n 1 "$bin/arguments")" = verilator ] || complain 'apt-get was not asked for the missing package'

fake apt-get <<'END'
echo 'E: Could not resolve deb.debian.org'
exit 100
END
expect 2 'apt-get update failed: Could not resolve deb.debian.org; check the network' launch --yes

fake id <<'END'
echo 1000
END
expect 2 'cannot become root with sudo; as root run: apt-get install verilator$' launch --yes
fake sudo <<'END'
echo 'sudo: a password is required' >&2
exit 1
END
expect 2 'cannot become root with sudo' launch --yes

# The package list: one Debian package name a line, none twice.
names=$(sed 's/#.*//' "$1/packages.txt" | grep -v '^ *$')
printf '%s\n' "$names" >"$scratch/out"
printf '%s\n' "$names" | grep -Evq '^[a-z0-9][a-z0-9+.-]+$' && complain 'packages.txt: not a package name'
[ -z "$(printf '%s\n' "$names" | sort | uniq -d)" ] || complain 'packages.txt: a name occurs twice'
finish
