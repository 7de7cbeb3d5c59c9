#!/bin/sh
# Makes sure that the files of deps/sources.lock lie in build/deps/src, verified by their SHA-256, and writes
# what is to be built to build/deps/sources.lock. What is there already is only verified, so a rebuild needs
# no network.
#
#     deps/fetch.sh [PACKAGE…]       all packages of the lock, or these
#
# A file that is missing is looked for, by its name, in the pools of the mirror and in the archives that
# DEBIAN_SNAPSHOT names. A package that none of them has is replaced by the newest version of the same
# upstream series that the suite has, apt can verify and the mirror can deliver; each run says so. With
# DEPS_EXACT=1, for releases, that is an error instead. docs/building.md has the whole story.
set -eu

deps=$(cd "$(dirname "$0")" && pwd)
build=$(cd "$deps/.." && pwd)/build/deps
lock=$deps/sources.lock built=$build/sources.lock log=$build/log
mkdir -p "$build/src" "$log"
cd "$build/src"
# shellcheck source=deps/archive.sh
. "$deps/archive.sh"

die() { echo "deps/fetch.sh: $*" >&2; exit 1; }

missing() { # PACKAGE…
  for name; do
    lock_holds "$lock" "$name" || echo "$name"
  done
}

# The lines of missing packages whose file is not there.
missing_lines() { # PACKAGE…
  for name in $(missing "$@"); do
    lock_lines "$lock" "$name" | while read -r line; do
      # shellcheck disable=SC2086 # four words
      set -- $line
      echo "$3  $4" | sha256sum --check --quiet --strict >/dev/null 2>&1 || echo "$line"
    done
  done
}

fetch_locked() { # PACKAGE…
  for name in $(missing "$@"); do
    echo "  fetch   $name $(lock_version "$lock" "$name")"
  done
  : >"$log/pools.log"
  archive_pools >"$log/pools"
  while read -r pool; do
    missing_lines "$@" >"$log/missing"
    [ -s "$log/missing" ] || return 0
    archive_download "$pool" <"$log/missing"
  done <"$log/pools"
}

# 3.5.9-1~deb13u1 and 3.5.7-1~deb13u2 are of one series, as are 17.12-0 and 17.11-0: upstream's version is the
# same but for its last number.
series() { # VERSION
  upstream=${1#*:}
  upstream=${upstream%-*}
  echo "${upstream%.*}"
}

# The lines of what an earlier run has replaced a package with.
earlier() { # NAME
  [ -f "$built" ] && [ "$(lock_version "$built" "$1")" != "$(lock_version "$lock" "$1")" ] &&
    lock_holds "$built" "$1" && lock_lines "$built" "$1"
}

# The lines of what replaces a package, which are those of an earlier run where the archive is out of reach.
substitute() { # NAME
  locked=$(lock_version "$lock" "$1")
  form=$(lock_form "$lock" "$1")
  archive_update "$form"
  for version in $(archive_versions "$form" "$1"); do
    if [ "$version" != "$locked" ] && [ "$(series "$version")" = "$(series "$locked")" ] &&
      archive_take "$form" "$1" "$version"; then
      return
    fi
  done
  earlier "$1"
}

# What each pool said, without apt's repetitions, and what can be done.
explain() { # NAME
  grep -F "/$1/" "$log/pools.log" | sed -n 's/^E: Failed to fetch /    /p' | sort -u >&2
  sed -n 's/^[WE]: /    /p' "$log/update.log" 2>/dev/null | sort -u | head -n 5 >&2
  day=$(sed -n 's/^# .* on \([0-9-]*\)$/\1/p' "$lock" | tr -d -)
  die "$1 $(lock_version "$lock" "$1") cannot be fetched as deps/sources.lock has it.
Is the mirror reachable from here (DEBIAN_MIRROR names another)? Old files are kept by snapshot archives:
    DEBIAN_SNAPSHOT=https://snapshot.debian.org/archive/debian/${day:-YYYYMMDD}T000000Z
Or build with what the archive has today, and commit that: make deps-update. See docs/building.md."
}

# replace NAME <LINES: in what is to be built.
replace() {
  { grep -v "^$1 " "$built.new" || :; cat; } >"$built.newer"
  mv "$built.newer" "$built.new"
}

# The lock with its replaced packages. Those that are not asked for stay as they were settled before.
settle() { # PACKAGE…
  cp "$lock" "$built.new"
  # shellcheck disable=SC2046 # names
  for name in $(missing $(lock_names "$lock")); do
    ! earlier "$name" >"$log/earlier" || replace "$name" <"$log/earlier"
  done
  for name in $(missing "$@"); do
    [ -z "${DEPS_EXACT:-}" ] || explain "$name"
    substitute "$name" >"$log/substitute" || explain "$name"
    replace "$name" <"$log/substitute"
    echo "deps/fetch.sh: WARNING: no archive has $name $(lock_version "$lock" "$name"), which is locked;" \
      "BUILDING $(lock_version "$built.new" "$name") INSTEAD" >&2
  done
  mv "$built.new" "$built"
}

# shellcheck disable=SC2046 # names
[ $# -gt 0 ] || set -- $(lock_names "$lock")
exec 9>lock
flock 9
[ -z "$(missing "$@")" ] || fetch_locked "$@"
settle "$@"
