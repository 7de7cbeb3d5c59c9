#!/bin/sh
# Makes sure that the source files of the named packages lie in build/deps/src, exactly as
# deps/sources.lock says. What is there already is only checked, so a rebuild needs no network.
#
#     deps/fetch.sh openssl zlib
set -eu

deps=$(cd "$(dirname "$0")" && pwd)
src=$deps/../build/deps/src
log=../log
mkdir -p "$src/$log"
cd "$src"

die() { echo "deps/fetch.sh: $*" >&2; exit 1; }

# Checks the files of a package; silent when all are there and right.
intact() { # NAME
  awk -v name="$1" '$1 == name { print $3 "  " $4 }' "$deps/sources.lock" |
    sha256sum --check --quiet --strict >"$log/check.log" 2>&1
}

download() { # NAME VERSION
  only=
  awk -v name="$1" '$1 == name' "$deps/sources.lock" | grep -q '\.dsc$' || only=--tar-only
  "$deps/apt.sh" apt-get source --download-only --only-source $only "$1=$2" >"$log/fetch-$1.log" 2>&1
}

# Libraries build in parallel, but apt's lists are one.
exec 9>lock
flock 9
for name; do
  version=$(awk -v name="$name" '$1 == name { print $2; exit }' "$deps/sources.lock")
  [ -n "$version" ] || die "$name is not in deps/sources.lock"
  intact "$name" && continue

  echo "  fetch   $name $version"
  download "$name" "$version" || {
    # The lists may be missing or old: renew them once.
    "$deps/apt.sh" apt-get update >"$log/update.log" 2>&1 || {
      cat "$log/update.log" >&2
      die "cannot read Debian's package lists"
    }
    download "$name" "$version" || {
      cat "$log/fetch-$name.log" >&2
      die "the archive does not serve $name $version (any more): 'make deps-update' renews deps/sources.lock"
    }
  }
  intact "$name" || {
    cat "$log/check.log" >&2
    die "the files of $name $version are not those in deps/sources.lock"
  }
done
